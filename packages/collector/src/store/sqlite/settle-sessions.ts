import type { EpochMs } from '@sojourn/protocol'
import type { LiveSessions } from './live-sessions.ts'
import type { SqliteDatabase } from './open-database.ts'
import { createSessionTermRows } from './session-term-rows.ts'
import { decodeTerms } from './session-terms.ts'
import type { Tuning } from './tuning.ts'

/** Settles sessions that have ended, or probably will get no more events, when there are many; in transactions of its own. */
export interface SettleSessions {
  /** `now`: the latest time that events told of, by which sessions are judged. True where there are more than it settled. */
  run(now: EpochMs): boolean
  /** Forgets how many live sessions there are: a transaction was undone, or someone else wrote. */
  forget(): void
}

/** Settled in one transaction, so that it does not keep commits waiting for long. */
const AT_ONCE = 500

/** How some sessions are settled in another way. */
export interface SettleOptions {
  /** A session that paused for so long is taken for one that ended; where it goes on, it is taken out of the indexes again. */
  readonly idleMs?: number
  /** The text of what a session in a row was folded to, which is kept from now on; undefined where the row stays as it is. */
  readonly stateText?: (row: number) => string | undefined
}

/** Prepares the statements. */
export function createSettleSessions(
  db: SqliteDatabase,
  sessions: Pick<LiveSessions, 'takeBegun' | 'release'>,
  { liveSessions, idleMs = Infinity, stateText }: Pick<Tuning, 'liveSessions'> & SettleOptions,
): SettleSessions {
  const countLive = db.prepare<[], number>('select count(*) from sessions where settled = 0').pluck()
  const selectEnded = db.prepare<[number, number, number], { row: number; start: number; terms: string }>(
    'select row, start, terms from sessions where settled = 0 and (start + 1000 * duration <= ? or ends_at <= ?) limit ?',
  )
  const setSettled = db.prepare<[string | null, number]>(
    'update sessions set settled = 1, state = ifnull(?, state) where row = ?',
  )
  const termRows = createSessionTermRows(db)
  let live: number | undefined
  let threshold = liveSessions

  const settle = db.transaction((now: EpochMs) => {
    const ended = selectEnded.all(now - idleMs, now, AT_ONCE)
    for (const { row, start, terms } of ended) {
      setSettled.run(stateText?.(row) ?? null, row)
      termRows.add(row, { start, terms: [...decodeTerms(terms)] })
    }
    return ended.map(({ row }) => row)
  })

  return {
    run(now) {
      const begun = sessions.takeBegun()
      live = live === undefined ? (countLive.get() ?? 0) : live + begun
      if (live <= threshold) return false
      const settled = settle.immediate(now)
      for (const row of settled) sessions.release(row)
      live -= settled.length
      // Where few had ended, looking again pays only after more have come.
      const hasMore = settled.length === AT_ONCE
      threshold = hasMore ? liveSessions : Math.max(liveSessions, Math.ceil(live * 1.25))
      return hasMore && live > threshold
    },
    forget() {
      live = undefined
    },
  }
}
