import { join } from 'node:path'
import { definitionId } from '../../../definition/definition-id.ts'
import type { Tuning } from '../tuning.ts'
import { startRebuild } from './rebuild/run-rebuild.ts'
import type { RunningRebuild } from './rebuild/run-rebuild.ts'
import { removeStoryFile } from './story-file.ts'
import type { Edition } from './story-shelf.ts'
import { openStory } from './story.ts'
import type { FactsFile, Story } from './story.ts'

/** An edition whose story can be read, or told further. */
export interface OpenEdition {
  readonly edition: Edition
  readonly story: Story
}

/** An edition that is being told: all at once by a rebuild where there is much to tell, slice by slice from then on. */
export interface NextStory {
  readonly edition: Edition
  story?: Story
  rebuild?: RunningRebuild
  /** What the rebuild met. */
  fault?: unknown
  /** Stops telling. */
  close(): void
}

/** The files of the editions of all definitions. */
export interface Editions {
  open(edition: Edition): OpenEdition
  /** Goes on with a story, or has it told anew where that is faster; `changed` is called when that is over. */
  begin(edition: Edition, changed: () => void): NextStory
  /** Closes an edition and removes its file. */
  discard(told: NextStory | OpenEdition | undefined): void
  /** Share of the events that are told, 0 to 1. */
  progress(told: NextStory | OpenEdition | undefined): number
}

/** Over the folder of the files. */
export function createEditions(folder: string, file: FactsFile, tuning: Tuning): Editions {
  // One rebuild after the other: each takes a processor and some 100 MB.
  let line: Promise<unknown> = Promise.resolve()

  function pathOf({ definition, version, build }: Edition): string {
    return join(folder, `${definitionId(definition.name)}-${version}-${build}.db`)
  }

  function open(edition: Edition): OpenEdition {
    return { edition, story: openStory(pathOf(edition), edition.definition, file, tuning) }
  }

  function rebuild(edition: Edition, changed: () => void): NextStory {
    const path = pathOf(edition)
    let isClosed = false
    removeStoryFile(path)
    const rebuild = startRebuild({ factsPath: file.path, definition: edition.definition, path }, line)
    line = rebuild.done.catch(() => undefined)
    const next: NextStory = {
      edition,
      rebuild,
      close() {
        isClosed = true
        next.story?.close()
        void rebuild.stop()
      },
    }
    rebuild.done
      .then(() => {
        delete next.rebuild
        if (!isClosed) next.story = open(edition).story
      })
      .catch((error: unknown) => (next.fault = error))
      .finally(changed)
    return next
  }

  return {
    open,
    begin(edition, changed) {
      const { story } = open(edition)
      if (file.facts.lastRow() - story.toldUpTo() <= tuning.rebuildEvents)
        return { edition, story, close: () => story.close() }
      story.close()
      return rebuild(edition, changed)
    },
    discard(told) {
      if (!told) return
      const remove = () => removeStoryFile(pathOf(told.edition))
      if ('close' in told) told.close()
      else told.story.close()
      // A new rebuild of the same file waits for that.
      if ('rebuild' in told && told.rebuild) line = Promise.all([line, told.rebuild.stop().then(remove)])
      else remove()
    },
    progress(told) {
      if (!told) return 0
      if ('rebuild' in told && told.rebuild) return told.rebuild.progress()
      const all = file.facts.lastRow()
      return all === 0 ? 1 : Math.min(1, (told.story?.toldUpTo() ?? 0) / all)
    },
  }
}
