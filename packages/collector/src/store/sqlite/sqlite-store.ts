import { StoreDamaged, StoreUnavailable } from '../store.ts'
import type { ClientStore } from './story/with-stories.ts'
import { createCommitFacts } from './commit-facts.ts'
import { isDamage, isDiskFault } from './disk-fault.ts'
import { createGroupedCommits } from './group-commits.ts'
import type { SqliteDatabase } from './open-database.ts'
import { createReadEvents } from './read-events.ts'
import { createReadMetrics } from './read-metrics.ts'
import { createReadSessions } from './read-sessions.ts'
import { createReadTail } from './read-tail.ts'
import type { KeptScoring } from '../kept-scoring.ts'
import { createBackgroundWork } from './work-in-background.ts'
import { readStatement } from './read-statement.ts'
import { createSettings } from './settings.ts'
import { createStoreParts, forgetParts } from './store-parts.ts'
import { createReadGaps } from './tab-gaps.ts'
import { createSweepContexts } from './sweep-contexts.ts'
import { TUNING } from './tuning.ts'
import type { Tuning } from './tuning.ts'

const SIZE = 'select page_count * page_size from pragma_page_count(), pragma_page_size()'

/**
 * The store over an open database, of the sessions of `client`. Commits that come together share a transaction; whatever else a method does
 * is done when it returns.
 */
export function createSqliteStore(db: SqliteDatabase, tuning: Tuning = TUNING): ClientStore {
  const parts = createStoreParts(db, tuning)
  const { commitFacts, rescore, removeEvents } = createCommitFacts(db, parts, tuning)
  const commits = createGroupedCommits(commitFacts)
  const rescoring = createBackgroundWork(() => rescore.step(tuning.rescoreSlice))
  const sessions = createReadSessions(db, parts, tuning)
  const events = createReadEvents(db, parts)
  const tail = createReadTail(db, parts)
  const readGaps = createReadGaps(db, parts)
  const readSize = db.prepare<[], number>(SIZE).pluck()
  const metrics = createReadMetrics(db, parts, tuning)
  const settings = createSettings(db)
  const sweepContexts = createSweepContexts(db, parts)
  const selectOld = db.prepare<[object], number>(readStatement('./select-old-events.sql')).pluck()
  const selectOldIdle = db
    .prepare<[number, number], number>(
      'select row from events where session_row is null and time < ? limit ?',
    )
    .pluck()
  if (!db.readonly) rescoring.wake()

  function scoring(): KeptScoring {
    return { ...rescore.left(), rulebook: parts.rulebooks.current() }
  }

  return {
    commit: (facts) => answer(() => commits.commit(facts)),
    sessions: (query) => answer(() => sessions.list(query)),
    session: (definition, id, now) => answer(() => sessions.one(definition, id, now)),
    sessionEvents: (definition, id, page) =>
      answer(() => {
        const row = sessions.row(definition, id)
        return row === undefined ? undefined : events.ofSession(row, page)
      }),
    events: (query) => answer(() => events.list(query)),
    eventTail: (query) => answer(() => tail(query)),
    sessionSpan: (filters) => answer(() => metrics.span(filters)),
    sessionSums: (filters) => answer(() => metrics.sums(filters)),
    sessionSumsBetween: (filters, bounds) => answer(() => metrics.byInterval(filters, bounds)),
    sessionDurations: (filters, bounds) => answer(() => metrics.durations(filters, bounds)),
    sessionGroups: (filters, by, limit) => answer(() => metrics.groups(filters, by, limit)),
    sessionPaths: (filters, paths) => answer(() => metrics.paths(filters, paths)),
    sessionPairs: (filters, pairs) => answer(() => metrics.pairs(filters, pairs)),
    sequenceGaps: () => answer(() => readGaps()),
    storedBytes: () => answer(() => readSize.get() ?? 0),
    scoring: () => answer(scoring),
    putScoring: (change) =>
      answer(() => {
        parts.rulebooks.put(change)
        rescoring.wake()
        return scoring()
      }),
    sources: () => answer(() => parts.sources.list()),
    addSource: (source) => answer(() => parts.sources.add(source)),
    changeSource: (source) => answer(() => parts.sources.change(source)),
    removeSource: (id) => answer(() => parts.sources.remove(id)),
    setting: (name) => answer(() => settings.get(name)),
    putSetting: (name, value) => answer(() => settings.put(name, value)),
    checkWritable: () => answer(() => settings.checkWritable()),
    removeEvents: (rows, forGood) => answer(() => removeEvents(rows, forGood)),
    oldEvents: (before, sessions) =>
      answer(() => {
        const rows = selectOld.all({ before, sessions })
        return rows.length > 0 ? rows : selectOldIdle.all(before, sessions)
      }),
    sweepContexts: (rows) => answer(() => sweepContexts(rows)),
    // The connection that removes forgets by itself what it must.
    forgetRemoved: () => (db.readonly ? forgetParts(parts) : undefined),
    close: () =>
      answer(() => {
        rescoring.stop()
        commits.finish()
        db.close()
      }),
  }
}

/** The result as a promise. A fault of the disk or the file becomes `StoreUnavailable` or `StoreDamaged`; every other error is a mistake of ours and stays what it is. */
export async function answer<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (isDamage(error)) throw new StoreDamaged('The database file is damaged.', { cause: error })
    if (isDiskFault(error))
      throw new StoreUnavailable('The database cannot be used right now.', { cause: error })
    throw error
  }
}
