import type { Definition } from '../../../definition/definition.ts'
import { createIdentities } from '../identities.ts'
import type { Identity } from '../identities.ts'
import { createLiveSessions } from '../live-sessions.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { createRescore } from '../rescore.ts'
import type { Rescore } from '../rescore.ts'
import { createSettleSessions } from '../settle-sessions.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Tuning } from '../tuning.ts'
import { createWords } from '../words.ts'
import { admittedSources } from './admitted-sources.ts'
import type { AdmittedSources } from './admitted-sources.ts'
import { inOrder } from './fact-order.ts'
import type { FactsReader, StoredFact } from './facts-reader.ts'
import { createFoldedStates } from './folded-states.ts'
import { createGapUpkeep, keepsGaps } from './gap-upkeep.ts'
import { groupByOwner } from './owner-groups.ts'
import { createPackedEvents } from './packed-events.ts'
import { createSessionStarts } from './session-starts.ts'
import { isAnonymous } from './story-keys.ts'
import { createRowSessions } from './row-sessions.ts'
import type { HistoryChange } from './tell-again.ts'
import { createToldEvents } from './told-events.ts'
import { createToldSessions } from './told-sessions.ts'
import { createStoryTellers } from './story-tellers.ts'
import type { StoryTellers } from './story-tellers.ts'
import { createVisitorLinks } from './visitor-links.ts'

/** Tells events as the sessions of one definition, in the order in which they were stored. */
export interface TellStory {
  /** Tells up to `limit` more events and writes what was told, and returns how many there were: 0 when all are told. */
  advance(limit: number): number
  /**
   * Tells up to `limit` more events, and returns how many there were. Readers see them after `write`: sessions that go on are written once
   * and not with each of their events. Until then nobody else can write the story.
   */
  tell(limit: number): number
  write(): void
  /** For how long something has been told and not written, in ms; Infinity where it should not become more, undefined where there is nothing. */
  unwrittenMs(): number | undefined
  /** Row of the last event that is told. */
  toldUpTo(): number
  /** True when a source takes part now whose earlier events were left out, or the other way round: then all has to be told again. */
  isOutdated(): boolean
  readonly rescore: Rescore
}

/** Each story that is open has so many, of its own. */
const REMEMBERED_WORDS = 4_000

/** What is told in the transaction that is open. */
interface Unwritten {
  toldUpTo: number
  latestTime: number
  events: number
  readonly since: number
}

/** Events come in an order of their own; a session that ended so lately is likely to get one more. */
const LATE_MS = 60_000
/** So many changed sessions are in memory until then, and told again after a crash. */
const MOST_UNWRITTEN = 20_000

/** Over the writing connection of a story. `shared` are the parts that belong to the facts. */
export function createTellStory(
  db: SqliteDatabase,
  definition: Definition,
  {
    facts,
    shared,
    tuning,
  }: {
    readonly facts: FactsReader
    readonly shared: Pick<StoreParts, 'contexts' | 'sources' | 'rulebooks'>
    readonly tuning: Tuning
  },
): TellStory {
  const parts: StoreParts = {
    ...shared,
    words: createWords(db, REMEMBERED_WORDS),
    identities: createIdentities(db, tuning.storyKeys),
    states: createFoldedStates(db, definition, facts),
  }
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from sessions').pluck()
  let latestRow: number | undefined
  const nextRow = (): number => (latestRow = (latestRow ?? lastRow.get()!) + 1)
  const sessions = createLiveSessions(db, parts, {
    ...tuning,
    nextRow,
    staySettled: true,
  })
  const rows = createRowSessions(db, parts, { timeoutMs: definition.timeoutMs, nextRow })
  const takeBegun = () => sessions.takeBegun() + rows.takeBegun()
  const settle = createSettleSessions(db, { takeBegun, release: (row) => rows.release(row) }, tuning)
  const told = createToldEvents(db)
  const packed = createPackedEvents(db, facts)
  const story = createToldSessions(db, definition, { sessions, told, facts })
  const links = createVisitorLinks(db)
  const starts = createSessionStarts(db)
  const gaps = keepsGaps(definition) ? createGapUpkeep(db, tuning.storyKeys) : undefined
  const readState = db.prepare<[], { toldUpTo: number; latestTime: number }>(
    'select told_up_to as toldUpTo, latest_time as latestTime from story',
  )
  const writeState = db.prepare<[number, number]>('update story set told_up_to = ?, latest_time = ?')
  const sources: AdmittedSources = admittedSources(db, definition, facts)
  let tellers: StoryTellers | undefined
  let seenVersion: unknown
  let unwritten: Unwritten | undefined

  const createTellers = (): StoryTellers =>
    createStoryTellers(
      definition,
      { parts, sources, tuning },
      { sessions, rows, told, packed, story, facts, starts },
    )

  /** The rules are others, or what they go by. */
  function renewTellers(): void {
    tellers?.onward.letGo()
    tellers = undefined
  }

  /** Takes the anonymous events of visitors to whom they are now. One after the other, so that each is told under one key at any time. */
  function moveLinked(added: readonly StoredFact[]): void {
    if (definition.scope !== 'profile') return
    for (const { visitor, before, after } of links.learn(added)) {
      const from = parts.identities.find(
        before ? { kind: 'user', id: before.userId } : { kind: 'visitor', id: visitor },
      )
      if (!from) continue
      packed.unpack(from.row)
      const moved = told
        .ofKey(from.row, Number.MIN_SAFE_INTEGER, 2 ** 31)
        .map((row) => facts.read(row))
        .filter(({ fact: { event } }) => event.visitorId === visitor && isAnonymous(event))
      if (moved.length === 0) continue
      tell(from, { added: [], removed: moved })
      tell(parts.identities.intern({ kind: 'user', id: after.userId }), { added: moved, removed: [] })
    }
  }

  function tell(owner: Identity, { added, removed }: HistoryChange): void {
    gaps?.change(
      owner.row,
      { added: added.filter(story.isActive), removed: removed.filter(story.isActive) },
      () => packed.unpack(owner.row),
    )
    const { again, onward } = (tellers ??= createTellers())
    const inTime = inOrder(added)
    if (removed.length === 0 && onward.tell(owner, inTime)) return
    onward.letGo(owner)
    again(owner, { added: inTime, removed })
  }

  function forget(): void {
    sources.forget()
    sessions.forget()
    rows.forget()
    latestRow = undefined
    settle.forget()
    links.forget()
    gaps?.forget()
    packed.forget()
    parts.words.forget()
    parts.identities.forget()
    tellers = undefined
  }

  function begin(): Unwritten | undefined {
    // Most often there is nothing to tell, and no reason to keep others from writing.
    if (readState.get()!.toldUpTo >= facts.lastRow()) return undefined
    db.exec('begin immediate')
    // It changes when another process, such as an export, has told this story further: then what is remembered is out of date.
    const version = db.pragma('data_version', { simple: true })
    if (version !== seenVersion) forget()
    seenVersion = version
    return { ...readState.get()!, events: 0, since: performance.now() }
  }

  function tellSome(limit: number): number {
    unwritten ??= begin()
    if (!unwritten) return 0
    const added = facts.after(unwritten.toldUpTo, limit)
    if (added.length === 0) return 0
    if (sources.refresh()) renewTellers()
    parts.rulebooks.refresh()
    moveLinked(added)
    const admitted = added.filter(({ sourceRow }) => sources.admits(sourceRow))
    for (const { owner, facts } of groupByOwner(admitted, definition.scope, { ...parts, links }))
      tell(owner, { added: facts, removed: [] })
    unwritten.toldUpTo = added.at(-1)!.row
    unwritten.latestTime = added.reduce(
      (latest, { fact }) => Math.max(latest, fact.time),
      unwritten.latestTime,
    )
    unwritten.events += added.length
    return added.length
  }

  function writeAll(): void {
    if (!unwritten) return
    const { toldUpTo, latestTime, events } = unwritten
    rows.flush()
    gaps?.flush()
    writeState.run(toldUpTo, latestTime)
    db.exec('commit')
    unwritten = undefined
    while (events > 0 && settle.run(latestTime - LATE_MS));
  }

  /** Does it, or undoes all that is not written: it is told again. */
  function attempt<Value>(work: () => Value): Value {
    try {
      return work()
    } catch (error) {
      if (db.inTransaction) db.exec('rollback')
      unwritten = undefined
      forget()
      throw error
    }
  }

  return {
    tell: (limit) => attempt(() => tellSome(limit)),
    write: () => attempt(writeAll),
    unwrittenMs: () =>
      unwritten && (unwritten.events < MOST_UNWRITTEN ? performance.now() - unwritten.since : Infinity),
    advance(limit) {
      const told = this.tell(limit)
      this.write()
      return told
    },
    toldUpTo: () => unwritten?.toldUpTo ?? readState.get()!.toldUpTo,
    isOutdated: () => sources.isOutdated(),
    rescore: createRescore(db, {
      ready() {
        attempt(writeAll)
        tellers?.onward.letGo()
      },
      sessions,
      rulebooks: parts.rulebooks,
      states: parts.states,
      factsOf: (sessionRow) => told.ofSession(sessionRow).map((row) => facts.read(row).fact),
    }),
  }
}
