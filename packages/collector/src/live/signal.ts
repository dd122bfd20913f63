/** Tells those who wait that something has happened. Nothing is kept: who does not wait learns of it by `count`. */
export interface Signal {
  /** How often it was given. */
  readonly count: number
  give(): void
  /** Resolves as soon as it has been given more often than `seen`, after `maxMs`, or when `ended` says so. */
  after(seen: number, maxMs: number, ended: AbortSignal): Promise<void>
}

/** A signal that was never given. */
export function createSignal(): Signal {
  let count = 0
  const waiting = new Set<() => void>()
  return {
    get count() {
      return count
    },
    give() {
      count++
      for (const wake of waiting) wake()
    },
    after(seen, maxMs, ended) {
      if (count > seen || ended.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          ended.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, maxMs)
        waiting.add(wake)
        ended.addEventListener('abort', wake)
      })
    },
  }
}
