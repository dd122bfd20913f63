/** When the stories are worked on next. */
export interface StoryTurns {
  /** Works after a while, or earlier where that is due already. */
  after(ms: number): void
  stop(): void
}

/** `work` is done in turns of its own, which keep no process alive. */
export function createStoryTurns(work: () => void): StoryTurns {
  let timer: NodeJS.Timeout | undefined
  let dueAt = 0
  let isStopped = false
  return {
    after(ms) {
      const due = performance.now() + ms
      if (isStopped || (timer !== undefined && dueAt <= due)) return
      clearTimeout(timer)
      dueAt = due
      timer = setTimeout(() => {
        timer = undefined
        work()
      }, ms).unref()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
