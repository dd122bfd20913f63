import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Problem } from './problem.ts'
import type { Params } from './request.ts'
import { apiUrl, read } from './request.ts'
import { retryDelay } from './retry-delay.ts'
import { reportSignedOut } from '../login/signed-in.ts'

/** A read that goes on: nothing yet, a value (perhaps an old one, while the next is on its way), or a problem. */
export interface Loading<Value> {
  readonly value?: Value
  readonly problem?: Problem
  readonly isLoading: boolean
  readonly reload: () => void
}

/**
 * Reads an API path, again whenever path or parameters change, and every `everyMs` while the page is shown.
 * `undefined` as path reads nothing. The value of another path is never shown; that of other parameters is, until the new one is there.
 */
export function useAnswer<Value>(
  path: string | undefined,
  params: Params = {},
  everyMs?: number,
): Loading<Value> {
  const url = path === undefined ? undefined : apiUrl(path, params)
  const [round, setRound] = useState(0)
  const [seen, setSeen] = useState<{ path: string; url: string; value?: Value; problem?: Problem }>()
  const reload = useCallback(() => setRound((count) => count + 1), [])

  useEffect(() => {
    if (path === undefined || url === undefined) return
    const aborter = new AbortController()
    let timer: number | undefined
    read<Value>(path, params, aborter.signal).then(
      (answer) => {
        if (answer.ok) setSeen({ path, url, value: answer.value })
        else {
          const { problem } = answer
          // What was there stays in sight while a collector restarts; what is refused has no figures, least of all those of something else.
          const passes = retryDelay(problem) !== undefined
          setSeen((before) => ({ ...(passes && before?.path === path ? before : {}), path, url, problem }))
          if (answer.problem.kind === 'signed-out') reportSignedOut()
        }
        const delay = (answer.ok ? undefined : retryDelay(answer.problem)) ?? everyMs
        if (delay !== undefined) timer = window.setTimeout(reload, delay)
      },
      () => undefined, // only an abort rejects, and then nobody waits for the answer
    )
    return () => {
      aborter.abort()
      window.clearTimeout(timer)
    }
  }, [url, round, everyMs])

  const isSame = seen?.path === path
  return {
    ...(isSame && seen?.value !== undefined ? { value: seen.value } : {}),
    ...(isSame && seen?.problem && seen.url === url ? { problem: seen.problem } : {}),
    isLoading: path !== undefined && seen?.url !== url,
    reload,
  }
}
