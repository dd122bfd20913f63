import { useEffect, useState } from 'preact/hooks'
import type { DefinitionPreview } from '@sojourn/protocol'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'

/** While somebody types, nothing is asked until they pause for this long, in ms. */
const PAUSE_MS = 350

/** What rules make of the latest events, as far as it is known. `value` is that of rules before while `isLoading`. */
export interface Preview {
  readonly value?: DefinitionPreview
  readonly problem?: Problem
  readonly isLoading: boolean
}

/** Asks for a preview whenever the rules have changed and stay for a moment. `undefined` asks nothing. */
export function usePreview(rules: object | undefined): Preview {
  const wanted = JSON.stringify(rules)
  const [seen, setSeen] = useState<{ of: string | undefined; value?: DefinitionPreview; problem?: Problem }>()
  useEffect(() => {
    if (wanted === undefined) return
    const aborter = new AbortController()
    const timer = window.setTimeout(
      () => {
        change<DefinitionPreview>('POST', 'definitions/preview', JSON.parse(wanted), aborter.signal).then(
          (answer) =>
            setSeen((before) =>
              answer.ok
                ? { of: wanted, value: answer.value }
                : { ...(before?.value && { value: before.value }), of: wanted, problem: answer.problem },
            ),
          () => undefined, // only an abort rejects, and then other rules are asked about
        )
      },
      seen === undefined ? 0 : PAUSE_MS,
    )
    return () => {
      window.clearTimeout(timer)
      aborter.abort()
    }
  }, [wanted])
  return {
    ...(seen?.value && { value: seen.value }),
    ...(seen?.problem && seen.of === wanted && { problem: seen.problem }),
    isLoading: wanted !== undefined && seen?.of !== wanted,
  }
}
