import Database from 'better-sqlite3'
import type { Store } from '../../store.ts'
import { createStoreParts } from '../store-parts.ts'
import { answer } from '../sqlite-store.ts'
import type { Tuning } from '../tuning.ts'
import { compareStories } from './compare-stories.ts'
import type { SideFile } from './compare-stories.ts'
import { createFactsReader } from './facts-reader.ts'
import type { FactsReader } from './facts-reader.ts'
import { removeInSteps, removeStep } from './removal-steps.ts'
import type { RemovalSteps, Remover } from './removal-steps.ts'
import { createStories } from './stories.ts'
import type { Stories } from './definition-stories.ts'
import { openStoryShelf } from './story-shelf.ts'

/** A store that tells the sessions of `client` alone. */
export type ClientStore = Omit<
  Store,
  | 'definitions'
  | 'putDefinition'
  | 'removeDefinition'
  | 'rebuildDefinition'
  | 'compareDefinitions'
  | 'gapCells'
  | 'sessionOfEvent'
  | 'profiles'
  | 'profile'
  | 'eraseProfile'
  | 'forgetBefore'
> &
  RemovalSteps

const CACHE_KIB = 16 * 1024
const CLIENT = 'client'
/** The definition that tells all events of all persons. */
const PROFILES = 'cross-property'

/** What is noted while events are removed: whether readers may still see stories that were told of them. */
const RETELL = 'store.retell'
const HIDDEN = 'hidden'
const SHOWN = 'shown'
const SESSIONS_A_STEP = 60

/**
 * The store over a file of facts, with the sessions of all definitions: those of `client` are in that file, those of each other one in a
 * file of its own in the folder `<file>-stories`, which can be deleted at any time. Nothing of it is opened before it is asked for.
 */
export function withStories(store: ClientStore, path: string, tuning: Tuning): Store {
  let opened: Promise<OpenStories> | undefined

  async function open(): Promise<OpenStories> {
    const db = new Database(path, { readonly: true })
    db.pragma(`cache_size = -${CACHE_KIB}`)
    const parts = createStoreParts(db)
    const file = { path, parts, facts: createFactsReader(db, parts) }
    const shelf = await openStoryShelf(store)
    const stories = createStories(`${path}-stories`, { shelf, file, tuning })
    const interrupted = await store.setting(RETELL)
    if (interrupted) {
      await stories.retellAll(interrupted === HIDDEN)
      await store.putSetting(RETELL, '')
    }
    return { stories, facts: file.facts, closeFacts: () => void db.close() }
  }
  const stories = async (): Promise<Stories> => (await (opened ??= open())).stories
  /** What removes, and then forgets what any connection here remembers of it. */
  const steps: Remover = {
    async removeEvents(rows, forGood) {
      const removed = await store.removeEvents(rows, forGood)
      await forgetRemoved()
      return removed
    },
    async sweepContexts(rows) {
      const count = await store.sweepContexts(rows)
      await forgetRemoved()
      return count
    },
  }
  async function forgetRemoved(): Promise<void> {
    store.forgetRemoved()
    if (opened) (await opened).facts.forget()
  }
  const read: Stories['read'] = (name, use) => answer(async () => (await stories()).read(name, use))

  const full: Store = {
    ...store,
    async commit(facts) {
      const outcomes = await store.commit(facts)
      if (opened) (await opened).stories.wake()
      return outcomes
    },
    sessions: (query) =>
      query.definition === CLIENT
        ? store.sessions(query)
        : read(query.definition, (story) => story.list(query)),
    session: (definition, id, now) =>
      definition === CLIENT
        ? store.session(definition, id, now)
        : read(definition, (story) => story.one(id, now)),
    sessionOfEvent: (definition, event) => read(definition, (story) => story.sessionOfEvent(event)),
    sessionEvents: (definition, id, page) =>
      definition === CLIENT
        ? store.sessionEvents(definition, id, page)
        : read(definition, (story) => story.events(id, page)),
    sessionSpan: (filters) =>
      filters.definition === CLIENT
        ? store.sessionSpan(filters)
        : read(filters.definition, ({ metrics }) => metrics.span(filters)),
    sessionSums: (filters) =>
      filters.definition === CLIENT
        ? store.sessionSums(filters)
        : read(filters.definition, ({ metrics }) => metrics.sums(filters)),
    sessionSumsBetween: (filters, bounds) =>
      filters.definition === CLIENT
        ? store.sessionSumsBetween(filters, bounds)
        : read(filters.definition, ({ metrics }) => metrics.byInterval(filters, bounds)),
    sessionDurations: (filters, bounds) =>
      filters.definition === CLIENT
        ? store.sessionDurations(filters, bounds)
        : read(filters.definition, ({ metrics }) => metrics.durations(filters, bounds)),
    sessionGroups: (filters, by, limit) =>
      filters.definition === CLIENT
        ? store.sessionGroups(filters, by, limit)
        : read(filters.definition, ({ metrics }) => metrics.groups(filters, by, limit)),
    sessionPaths: (filters, paths) =>
      filters.definition === CLIENT
        ? store.sessionPaths(filters, paths)
        : read(filters.definition, ({ metrics }) => metrics.paths(filters, paths)),
    sessionPairs: (filters, pairs) =>
      filters.definition === CLIENT
        ? store.sessionPairs(filters, pairs)
        : read(filters.definition, ({ metrics }) => metrics.pairs(filters, pairs)),
    definitions: async () => (await stories()).definitions(),
    putDefinition: async (definition) => (await stories()).put(definition),
    removeDefinition: async (name) => (await stories()).remove(name),
    rebuildDefinition: async (name) => (await stories()).rebuild(name),
    async compareDefinitions(first, second, maxExamples) {
      const side = async (name: string): Promise<SideFile> =>
        name === CLIENT
          ? { path, isClient: true }
          : await read(name, (story) => ({ path: story.path, isClient: false }))
      return compareStories(await side(first), await side(second), maxExamples)
    },
    async changeSource(source) {
      const isChanged = await store.changeSource(source)
      // Definitions that go by types or names of sources may admit other events now.
      if (isChanged && opened) (await opened).stories.wake()
      return isChanged
    },
    async scoring() {
      const client = await store.scoring()
      const told = opened ? (await opened).stories.unscored() : []
      return {
        ...client,
        left: told.reduce((sum, { left }) => sum + left, client.left),
        of: told.reduce((sum, { of }) => sum + of, client.of),
      }
    },
    async putScoring(change) {
      await store.putScoring(change)
      if (opened) (await opened).stories.wake()
      return full.scoring()
    },
    profiles: (page) => read(PROFILES, (story) => story.profiles.list(page)),
    profile: (id) => read(PROFILES, (story) => story.profiles.one(id)),
    async eraseProfile(id) {
      const person = await read(PROFILES, (story) => story.profiles.events(id))
      if (!person) return undefined
      // Should this process end in the middle: the stories still hold what is gone from the facts.
      await store.putSetting(RETELL, HIDDEN)
      const { events, sessions } = await removeInSteps(steps, person.rows, true)
      await (await stories()).retellAll(true)
      await store.putSetting(RETELL, '')
      return { events, sessions, visitors: person.visitors }
    },
    async forgetBefore(time) {
      const gone = { events: 0, sessions: 0 }
      const contexts = new Set<number>()
      for (let rows = await store.oldEvents(time, SESSIONS_A_STEP); rows.length > 0;) {
        if (gone.events === 0) await store.putSetting(RETELL, SHOWN)
        const step = await removeStep(steps, rows, false)
        gone.events += step.events
        gone.sessions += step.sessions
        for (const context of step.contexts) contexts.add(context)
        rows = await store.oldEvents(time, SESSIONS_A_STEP)
      }
      if (gone.events === 0) return gone
      await steps.sweepContexts([...contexts])
      await (await stories()).retellAll(false)
      await store.putSetting(RETELL, '')
      return gone
    },
    gapCells: async ({ scope, source, days }) => {
      const { facts } = await (opened ??= open())
      const rows =
        source === undefined
          ? undefined
          : facts.sources().flatMap(({ row, id, name }) => (id === source || name === source ? [row] : []))
      return read(scope === 'visitor' ? 'visits' : PROFILES, (story) => story.gaps(rows, days))
    },
    async close() {
      if (opened) {
        const { stories, closeFacts } = await opened
        stories.close()
        closeFacts()
      }
      await store.close()
    },
  }
  return full
}

interface OpenStories {
  readonly stories: Stories
  readonly facts: FactsReader
  closeFacts(): void
}
