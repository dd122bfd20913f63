import type { Problem } from './problem.ts'

/** How long until a read that met a silent or busy collector is tried again, in ms. */
const RETRY_MS = 5_000
/** And one that met sessions which are still being told. */
const TELLING_MS = 1_000

/** How long until asking again may bring what a problem kept back, in ms; undefined: it would bring the same. */
export function retryDelay(problem: Problem | undefined): number | undefined {
  switch (problem?.kind) {
    case 'telling':
      return TELLING_MS
    case 'unreachable':
    case 'busy':
      return RETRY_MS
    default:
      return undefined
  }
}
