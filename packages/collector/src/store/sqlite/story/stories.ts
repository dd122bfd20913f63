import { setTimeout as nextTurn } from 'node:timers/promises'
import { isSameDefinition } from '../../../definition/definition-json.ts'
import type { Definition } from '../../../definition/definition.ts'
import { NoSuchDefinition, StillTelling } from '../../kept-definition.ts'
import type { KeptDefinition } from '../../kept-definition.ts'
import type { UnscoredSessions } from '../../kept-scoring.ts'
import type { Tuning } from '../tuning.ts'
import { EventGone } from './facts-reader.ts'
import { createEditions } from './editions.ts'
import type { NextStory } from './editions.ts'
import { createKnownDefinitions } from './known-definitions.ts'
import { isSameEdition } from './story-shelf.ts'
import type { Edition, StoryRecord, StoryShelf } from './story-shelf.ts'
import type { FactsFile, Story } from './story.ts'
import { parseVersionedName } from './versioned-name.ts'

/** The stories of all definitions but `client`, told in the background and read when they are complete. */
export interface Stories {
  /** Reads the sessions of a definition, told of all events that are stored. Rejects with `NoSuchDefinition` and `StillTelling`. */
  read<Value>(name: string, use: (story: Story) => Value): Promise<Value>
  definitions(): readonly KeptDefinition[]
  put(definition: Definition): Promise<KeptDefinition>
  remove(name: string): Promise<boolean>
  rebuild(name: string): Promise<boolean>
  /** Events were removed: tells all stories anew. With `hide`, nobody reads the old ones from now on, and their files are gone. */
  retellAll(hide: boolean): Promise<void>
  /** What is to be scored again, of each story that is open. */
  unscored(): readonly UnscoredSessions[]
  /** Events were stored, or rules changed: stories that are kept up to date take them in soon. */
  wake(): void
  close(): void
}

/** What is open of a definition. */
interface OpenStory {
  ready?: { readonly edition: Edition; readonly story: Story }
  next?: NextStory
}

/** A reader waits this long for a story to be complete before it is told to come again. */
const MOST_WAIT_MS = 2_000
/** Between two slices the process does something else for as long as a slice took, so that telling never takes more than half of it. */
const WAKE_AFTER_MS = 100
/** What goes on is written this long after it was told, or when somebody looks. */
const WRITE_AFTER_MS = 2_000
const RETRY_AFTER_MS = 5_000
const KEPT_VERSIONS = 50
/** A reader looks this often whether a rebuild is over. */
const REBUILD_TURN_MS = 10

/** Over a folder for the files of the stories. Nothing is opened before it is asked for. */
export function createStories(
  folder: string,
  { shelf, file, tuning }: { readonly shelf: StoryShelf; readonly file: FactsFile; readonly tuning: Tuning },
): Stories {
  const there = createKnownDefinitions(shelf, file.facts)
  const editions = createEditions(folder, file, tuning)
  const open = new Map<string, OpenStory>()
  let timer: NodeJS.Timeout | undefined
  let timerDueAt = 0
  let isClosed = false

  /** Opens what there is of a definition: the edition that is ready, and the one that is being told if that is another. */
  function ensureOpen({ wanted, ready }: StoryRecord): OpenStory {
    const { name } = wanted.definition
    let known = open.get(name)
    if (!known) open.set(name, (known = ready ? { ready: editions.open(ready) } : {}))
    if (!isSameEdition(wanted, known.ready?.edition) && !isSameEdition(wanted, known.next?.edition)) {
      editions.discard(known.next)
      known.next = editions.begin(wanted, () => schedule(0))
    }
    return known
  }

  /** The story that is being told, once its rebuild is over. Throws what the rebuild met; then it begins again. */
  function nextOf(known: OpenStory): Story | undefined {
    const fault = known.next?.fault
    if (fault === undefined) return known.next?.story
    delete known.next
    throw fault
  }

  /** Takes a definition one slice further; false when there is nothing to do. */
  async function advance(name: string): Promise<boolean> {
    const record = there.find(name)
    if (!open.has(name) || !record) return false
    const known = ensureOpen(record)
    if (known.ready?.story.isOutdated() && isSameEdition(record.wanted, known.ready.edition))
      await anew(record)
    const { told, isRescored } = advanceReady(known)
    const story = nextOf(known)
    if (!story) return told || isRescored
    if (story.advance(tuning.storySlice) > 0) return true
    const { ready } = known
    const { edition } = known.next!
    known.ready = { edition, story }
    delete known.next
    await shelf.put(name, { ...record, ready: edition })
    editions.discard(ready)
    return told || isRescored
  }

  /** What readers see may point to events that were removed. Then it stays as it is, while the next one is told. */
  function advanceReady({ ready, next }: OpenStory): {
    readonly told: boolean
    readonly isRescored: boolean
  } {
    try {
      if (!ready) return { told: false, isRescored: false }
      const { story } = ready
      const told = story.tell(tuning.storySlice) > 0
      if ((story.unwrittenMs() ?? 0) >= WRITE_AFTER_MS) story.write()
      return { told, isRescored: story.rescore.step(tuning.rescoreSlice) }
    } catch (error) {
      if (!next || !(error instanceof EventGone)) throw error
      return { told: false, isRescored: false }
    }
  }

  async function anew({ wanted, ...rest }: StoryRecord): Promise<void> {
    const record = { ...rest, wanted: { ...wanted, build: wanted.build + 1 } }
    await shelf.put(wanted.definition.name, record)
    ensureOpen(record)
    schedule(0)
  }

  /** One slice of every story that is open, then a pause as long as that took; until all are told. */
  async function work(): Promise<void> {
    const began = performance.now()
    let isDone = true
    for (const name of [...open.keys()]) if (!isClosed && (await advance(name))) isDone = false
    if (!isDone) schedule(performance.now() - began)
    else if ([...open.values()].some(({ ready }) => ready?.story.unwrittenMs() !== undefined))
      schedule(WRITE_AFTER_MS)
  }

  /** Works after a while, or earlier where that is due already. */
  function schedule(afterMs: number): void {
    const dueAt = performance.now() + afterMs
    if (isClosed || (timer !== undefined && timerDueAt <= dueAt)) return
    clearTimeout(timer)
    timerDueAt = dueAt
    timer = setTimeout(() => {
      timer = undefined
      // Whatever the fault is, whoever reads this story meets it too, and is told.
      work().catch(() => schedule(RETRY_AFTER_MS))
    }, afterMs).unref()
  }

  function describe({ wanted, ready, earlier = [] }: StoryRecord): KeptDefinition {
    const { definition, version } = wanted
    const known = open.get(definition.name)
    const common = { definition, version, earlier, isBuiltIn: there.isBuiltIn(definition.name) }
    if (isSameEdition(wanted, ready)) return { ...common, status: 'ready', progress: 1 }
    if (!known?.next) return { ...common, status: 'idle', progress: 0 }
    return { ...common, status: 'building', progress: editions.progress(known.next) }
  }

  /** A definition that is made or changed is told at once; a built-in one when it is asked for. */
  async function want(edition: Edition, earlier: StoryRecord['earlier'] = []): Promise<KeptDefinition> {
    const { name } = edition.definition
    const before = shelf.get(name)
    const record = { ...before, wanted: edition, earlier }
    await shelf.put(name, record)
    ensureOpen(record)
    schedule(0)
    return describe(record)
  }

  async function forget({ wanted, ready }: StoryRecord): Promise<void> {
    const { name } = wanted.definition
    const known = open.get(name)
    open.delete(name)
    await shelf.put(name, undefined)
    editions.discard(known?.ready ?? (ready && editions.open(ready)))
    editions.discard(known?.next)
  }

  for (const record of shelf.all()) if (!isSameEdition(record.wanted, record.ready)) ensureOpen(record)
  if (open.size > 0) schedule(0)

  return {
    async read(name, use) {
      const record = there.find(name)
      if (!record) throw new NoSuchDefinition(`There is no definition ${JSON.stringify(name)}.`)
      if (!shelf.get(name)) await shelf.put(name, record)
      const known = ensureOpen(record)
      const deadline = performance.now() + MOST_WAIT_MS
      for (;;) {
        const ready = known.ready?.story
        if (ready && ready.tell(tuning.storySlice) === 0) {
          ready.write()
          if (known.next || ready.isOutdated() || ready.rescore.hasMore()) schedule(0)
          return use(ready)
        }
        if (!ready) await advance(name)
        if (performance.now() > deadline) {
          schedule(0)
          throw new StillTelling(name, editions.progress(known.ready ?? known.next))
        }
        await nextTurn(known.next?.rebuild ? REBUILD_TURN_MS : 0)
      }
    },
    definitions() {
      return there.names().flatMap((name) => {
        const record = there.find(name)
        return record ? [describe(record)] : []
      })
    },
    put(definition) {
      const before = there.find(definition.name)
      if (!before) return want({ definition, version: 1, build: 0 })
      const { wanted, earlier = [] } = before
      if (isSameDefinition(wanted.definition, definition)) return want(wanted, earlier)
      const past = { definition: wanted.definition, version: wanted.version }
      return want(
        { definition, version: wanted.version + 1, build: 0 },
        [...earlier, past].slice(-KEPT_VERSIONS),
      )
    },
    async remove(name) {
      if (!shelf.get(name) || there.isBuiltIn(name)) return false
      const records = shelf.all().filter(({ wanted: { definition } }) => isOf(definition.name, name))
      for (const record of records) await forget(record)
      return true
    },
    async rebuild(name) {
      const record = there.find(name)
      if (!record || parseVersionedName(name)) return false
      await anew(record)
      return true
    },
    async retellAll(hide) {
      for (const { wanted, ready, ...rest } of shelf.all()) {
        const { name } = wanted.definition
        const known = open.get(name)
        const left = hide ? undefined : ready
        if (hide) {
          editions.discard(known?.ready ?? (ready && editions.open(ready)))
          delete known?.ready
        }
        await anew({ ...rest, wanted, ...(left && { ready: left }) })
      }
    },
    unscored: () => [...open.values()].flatMap(({ ready }) => ready?.story.rescore.left() ?? []),
    wake: () => {
      if (open.size > 0) schedule(WAKE_AFTER_MS)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      for (const { ready, next } of open.values()) {
        ready?.story.close()
        next?.close()
      }
    },
  }
}

/** True for the name of a definition, and of each of its versions. */
function isOf(name: string, definition: string): boolean {
  return name === definition || parseVersionedName(name)?.name === definition
}
