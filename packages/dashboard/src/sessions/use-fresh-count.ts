import { useEffect, useState } from 'preact/hooks'
import type { Params } from '../api/request.ts'
import { apiUrl, read } from '../api/request.ts'
import type { SessionsPage } from '../api/session.ts'

/** Most new sessions that are counted; beyond it the page says "100+". */
export const MAX_FRESH = 100

/** How often to ask for new sessions while the page is in sight, in ms. */
const ASK_MS = 10_000

/**
 * How many sessions that the query finds have started at `since` (epoch ms) or later. They are counted and not shown, so that nothing jumps
 * under the viewer's eyes. `undefined` counts nothing.
 */
export function useFreshCount(query: Params, since: number | undefined): number {
  const [count, setCount] = useState(0)
  const url = apiUrl('sessions', { ...query, from: since })
  useEffect(() => {
    setCount(0)
    if (since === undefined) return
    const aborter = new AbortController()
    const ask = (): void => {
      if (document.hidden) return
      read<SessionsPage>('sessions', { ...query, from: since, limit: MAX_FRESH }, aborter.signal).then(
        (answer) => answer.ok && setCount(answer.value.sessions.length),
        () => undefined, // aborted: nobody waits for it any more
      )
    }
    const timer = window.setInterval(ask, ASK_MS)
    document.addEventListener('visibilitychange', ask)
    return () => {
      aborter.abort()
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', ask)
    }
  }, [url])
  return count
}
