/** Work that is done in small steps, beside all else. */
export interface BackgroundWork {
  /** There may be something to do. */
  wake(): void
  stop(): void
}

/** After a failure, such as a full disk. */
const RETRY_AFTER_MS = 5_000

/** Calls `step` until it returns false. Between two steps the process does something else for as long as the first took. Keeps no process alive. */
export function createBackgroundWork(step: () => boolean): BackgroundWork {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function wakeIn(afterMs: number): void {
    if (isStopped || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      work()
    }, afterMs).unref()
  }

  function work(): void {
    const began = performance.now()
    try {
      if (step()) wakeIn(performance.now() - began)
    } catch {
      // Whatever the fault is, whoever writes next meets it too, and is told.
      wakeIn(RETRY_AFTER_MS)
    }
  }

  return {
    wake: () => wakeIn(0),
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
