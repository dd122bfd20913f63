import { setTimeout as nextTurn } from 'node:timers/promises'
import { isSameDefinition } from '../../../definition/definition-json.ts'
import { NoSuchDefinition, StillTelling } from '../../kept-definition.ts'
import type { KeptDefinition } from '../../kept-definition.ts'
import type { Tuning } from '../tuning.ts'
import { describeStory } from './describe-story.ts'
import { createEditions } from './editions.ts'
import { createKnownDefinitions } from './known-definitions.ts'
import type { Stories } from './definition-stories.ts'
import { advanceReady, WRITE_AFTER_MS } from './open-story.ts'
import type { OpenStory } from './open-story.ts'
import { createSleepingStories } from './sleeping-stories.ts'
import { isSameEdition } from './story-shelf.ts'
import type { Edition, StoryRecord, StoryShelf } from './story-shelf.ts'
import { createStoryTurns } from './story-turns.ts'
import type { FactsFile, Story } from './story.ts'
import { isVersionOf, parseVersionedName } from './versioned-name.ts'

/** A reader waits this long for a story to be complete before it is told to come again. */
const MOST_WAIT_MS = 2_000
/** Between two slices the process does something else for as long as a slice took, so that telling never takes more than half of it. */
const WAKE_AFTER_MS = 100
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
  const asleep = createSleepingStories(tuning)
  // Whatever the fault is, whoever reads this story meets it too, and is told.
  const turns = createStoryTurns(() => void work().catch(() => schedule(RETRY_AFTER_MS)))
  const schedule = (afterMs: number) => turns.after(afterMs)
  let isClosed = false

  /** Opens what there is of a definition: the edition that is ready, and the one that is being told if that is another. */
  function ensureOpen({ wanted, ready }: StoryRecord): OpenStory {
    const { name } = wanted.definition
    let known = open.get(name)
    if (!known) {
      known = { ...(ready && { ready: editions.open(ready) }), readAt: performance.now() }
      open.set(name, known)
      asleep.remove(name)
    }
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
    const { told, isRescored } = advanceReady(known, tuning)
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
    wakeSleepers()
    for (const name of [...open.keys()]) {
      if (isClosed) return
      if (await advance(name)) isDone = false
      else putToSleep(name)
    }
    if (!isDone) schedule(performance.now() - began)
    else if ([...open.values()].some(({ ready }) => ready?.story.unwrittenMs() !== undefined))
      schedule(WRITE_AFTER_MS)
  }

  /** Closes a story that is told, if nobody has read it for a while. */
  function putToSleep(name: string): void {
    const known = open.get(name)
    if (!known?.ready || known.next || !asleep.isIdle(known.readAt)) return
    asleep.add(name, known.ready.story.toldUpTo())
    known.ready.story.close()
    open.delete(name)
  }

  function wakeSleepers(): void {
    if (asleep.isEmpty()) return
    for (const name of asleep.due(file.facts.lastRow())) {
      const record = there.find(name)
      if (record) ensureOpen(record).readAt = -Infinity
      asleep.remove(name)
    }
  }

  function describe(record: StoryRecord): KeptDefinition {
    const { name } = record.wanted.definition
    const next = open.get(name)?.next
    return describeStory(record, {
      isBuiltIn: there.isBuiltIn(name),
      progress: next && editions.progress(next),
    })
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
    asleep.remove(name)
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
      known.readAt = performance.now()
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
      const records = shelf.all().filter(({ wanted: { definition } }) => isVersionOf(definition.name, name))
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
      if (open.size > 0 || !asleep.isEmpty()) schedule(WAKE_AFTER_MS)
    },
    close() {
      isClosed = true
      turns.stop()
      for (const { ready, next } of open.values()) {
        ready?.story.close()
        next?.close()
      }
    },
  }
}
