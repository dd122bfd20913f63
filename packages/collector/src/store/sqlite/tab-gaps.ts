import type { Fact } from '../../ingest/fact.ts'
import type { SequenceGaps } from '../store.ts'
import { keyOf } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import { packId } from './pack-id.ts'
import { readStatement } from './read-statement.ts'
import { createRecentMap } from './recent-map.ts'
import type { StoreParts } from './store-parts.ts'

/** Which of the events that tabs number 1, 2, 3 … have not arrived. */
export interface TabGaps {
  /** Counts an event that was just stored. */
  see(fact: Fact): void
  /** Writes what changed; at the end of the transaction. */
  flush(): void
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

interface Tab {
  readonly source: number
  readonly tab: string
  highest: number
  seen: number
  /** It has a row in the database, which tabs without a gap do not. */
  stored: boolean
}

/** No page sends a million events; a larger number would only make up losses. */
const MAX_SEQ = 1_000_000
const REMEMBERED = 20_000
/** A tab that is not remembered is looked for in this many of its visitor's sessions. */
const NEAR_SESSIONS = 20

/** Prepares the statements. A tab whose events arrive in order is kept in memory alone, and costs the database nothing. */
export function createTabGaps(db: SqliteDatabase, parts: StoreParts): TabGaps {
  const select = db.prepare<[number, string], { highest: number; seen: number }>(
    'select highest, seen from tab_gaps where source_row = ? and tab = ?',
  )
  const count = db.prepare<[object], { highest: number; seen: number }>(readStatement('./seen-in-tab.sql'))
  const write = db.prepare(readStatement('./write-tab-gap.sql'))
  const remove = db.prepare<[number, string]>('delete from tab_gaps where source_row = ? and tab = ?')
  const remembered = createRecentMap<string, Tab>(REMEMBERED)
  const changed = new Set<Tab>()

  /** What was known of the tab before this event. A tab without a gap has no row, so what is stored of it is counted: it is all there is up to somewhere. */
  function load(source: number, tab: string, { event }: Fact): Tab {
    const row = select.get(source, tab)
    if (row) return { source, tab, ...row, stored: true }
    const identity = event.seq === 1 ? undefined : parts.identities.find(keyOf(event))
    const found =
      identity &&
      count.get({
        identity: identity.row,
        source,
        tab,
        id: packId(event.id),
        sessions: NEAR_SESSIONS,
        most: MAX_SEQ,
      })
    return { source, tab, highest: found?.highest ?? 0, seen: found?.seen ?? 0, stored: false }
  }

  return {
    see(fact) {
      const { tab, seq } = fact.event
      if (tab === undefined || seq === undefined || seq < 1 || seq > MAX_SEQ) return
      const source = parts.sources.intern(fact.sourceId)
      const name = `${source} ${tab}`
      const state = remembered.get(name) ?? load(source, tab, fact)
      remembered.set(name, state)
      state.highest = Math.max(state.highest, seq)
      // A number that is given twice cannot be told from another; at least it never makes up for one that is yet to come.
      state.seen = Math.min(state.seen + 1, state.highest)
      if (state.stored || state.seen < state.highest) changed.add(state)
    },
    flush() {
      for (const { source, tab, highest, seen } of changed) {
        if (seen < highest) write.run({ source, tab, highest, seen })
        else remove.run(source, tab)
      }
      for (const state of changed) state.stored = state.seen < state.highest
      changed.clear()
    },
    forget() {
      remembered.clear()
      changed.clear()
    },
  }
}

/** Prepares the statement that adds the gaps up, per source. */
export function createReadGaps(db: SqliteDatabase, parts: StoreParts): () => readonly SequenceGaps[] {
  const select = db.prepare<[], { source: number; tabs: number; missing: number }>(
    'select source_row as source, count(*) as tabs, sum(highest - seen) as missing from tab_gaps group by source_row',
  )
  return () =>
    select
      .all()
      .map(({ source, tabs, missing }) => ({ sourceId: parts.sources.name(source).id, tabs, missing }))
}
