/** Real milliseconds between two looks. */
const POLL_MS = 20

/**
 * Resolves with the first truthy value of `look`. Rejects after `timeoutMs` real milliseconds, naming `what` was awaited
 * (a function says it at that moment) and the last error of `look`, if it threw.
 */
export async function waitUntil<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs
  let cause: unknown
  for (;;) {
    try {
      const value = await look()
      if (value) return value
    } catch (error) {
      cause = error
    }
    if (Date.now() >= deadline)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${typeof what === 'string' ? what : what()}`, {
        cause,
      })
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
