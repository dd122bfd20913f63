/** At most one line in this time, in ms. */
const EVERY_MS = 10_000

/**
 * Makes a function that tells whether it is time to log again what may happen with every request: undefined when it was just logged, else how
 * often it happened since without being told. A full disk must not be filled by the lines that say so.
 */
export function createSeldom(clock: () => number): () => number | undefined {
  let toldAt = -Infinity
  let untold = 0
  return () => {
    const now = clock()
    if (now - toldAt < EVERY_MS) {
      untold++
      return undefined
    }
    const before = untold
    toldAt = now
    untold = 0
    return before
  }
}
