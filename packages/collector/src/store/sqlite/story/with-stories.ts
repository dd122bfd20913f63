import Database from 'better-sqlite3'
import type { Store } from '../../store.ts'
import { createStoreParts } from '../store-parts.ts'
import { answer } from '../sqlite-store.ts'
import type { Tuning } from '../tuning.ts'
import { compareStories } from './compare-stories.ts'
import type { SideFile } from './compare-stories.ts'
import { createFactsReader } from './facts-reader.ts'
import type { FactsReader } from './facts-reader.ts'
import { createStories } from './stories.ts'
import type { Stories } from './stories.ts'
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
> & {
  /** Brings the rows of sessions up to their events. Whoever reads sessions of this store through it need not ask. */
  catchUp(): Promise<void>
}

const CACHE_KIB = 16 * 1024
const CLIENT = 'client'
/** The definition that tells all events of all persons. */
const PROFILES = 'cross-property'

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
    return { stories, facts: file.facts, closeFacts: () => void db.close() }
  }
  const stories = async (): Promise<Stories> => (await (opened ??= open())).stories
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
      const side = (name: string): Promise<SideFile> =>
        name === CLIENT
          ? store.catchUp().then(() => ({ path, isClient: true }))
          : read(name, (story) => ({ path: story.path, isClient: false }))
      return compareStories(await side(first), await side(second), maxExamples)
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
