/** Most calls that wait. A page that calls more often before it is shown loses the first ones. */
const MAX_WAITING = 1_000

/** Lets calls through, or keeps them for later. */
export interface Gate {
  /** Runs now what may run now, and the rest, in order, when `open` says that it may. */
  enter(run: () => void, isPageView?: boolean): void
  /** Tries again what waits. */
  retry(): void
  /** Drops what waits. */
  clear(): void
}

export function createGate(mayPass: (isPageView: boolean) => boolean): Gate {
  let waiting: [() => void, boolean][] = []
  const gate: Gate = {
    enter(run, isPageView = false) {
      if (mayPass(isPageView)) run()
      else if (waiting.push([run, isPageView]) > MAX_WAITING) waiting.shift()
    },
    retry() {
      const calls = waiting
      waiting = []
      for (const call of calls) gate.enter(...call)
    },
    clear() {
      waiting = []
    },
  }
  return gate
}
