import type { SourceDirectory } from './source-directory.ts'

/** How long a change by another process, such as `sojourn import` or a second collector, may go unnoticed, in ms. */
const RELOAD_MS = 1_000

/** Keeps the directory in step with a store that other processes change too. A store that does not answer is asked again. Returns `stop`. */
export function followSources(sources: Pick<SourceDirectory, 'reload'>): () => void {
  let isStopped = false
  let timer = setTimeout(look, RELOAD_MS).unref()

  function look(): void {
    void sources
      .reload()
      .catch(() => undefined)
      .then(() => {
        if (!isStopped) timer = setTimeout(look, RELOAD_MS).unref()
      })
  }

  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
