import type { Fact } from '../../ingest/fact.ts'
import { addScores } from '../../scoring/score.ts'
import type { Score } from '../../scoring/score.ts'
import type { UnscoredSessions } from '../kept-scoring.ts'
import type { LiveSessions } from './live-sessions.ts'
import type { SqliteDatabase } from './open-database.ts'
import { readStatement } from './read-statement.ts'
import type { Rulebooks } from './rulebooks.ts'
import type { SessionStates } from './session-states.ts'
import { goalsColumn } from './session-columns.ts'

/** Scores the sessions of a file again that are scored by another rulebook than the current one. */
export interface Rescore {
  /** Scores up to `limit` sessions in a transaction of its own; false when all are scored. */
  step(limit: number): boolean
  hasMore(): boolean
  left(): UnscoredSessions
}

/** Prepares the statements. `ready` writes what is not written yet; `factsOf` reads the events of the session in a row. */
export function createRescore(
  db: SqliteDatabase,
  {
    ready,
    sessions,
    rulebooks,
    states,
    factsOf,
  }: {
    readonly ready?: () => void
    readonly sessions: Pick<LiveSessions, 'release'>
    readonly rulebooks: Rulebooks
    readonly states: SessionStates
    readonly factsOf: (sessionRow: number) => Iterable<Fact>
  },
): Rescore {
  const select = db.prepare<[number, number], { row: number; state: string }>(
    'select row, state from sessions where rulebook < ? order by rulebook limit ?',
  )
  const write = db.prepare<[object]>(readStatement('./rescore-session.sql'))
  const count = db.prepare<[number], number>('select count(*) from sessions where rulebook < ?').pluck()
  const lastRow = db.prepare<[], number>('select ifnull(max(row), 0) from sessions').pluck()

  function scoreOf(row: number): Score {
    let sum: Score = { rulebook: rulebooks.current().number, points: 0, goals: [] }
    for (const { event } of factsOf(row)) sum = addScores(sum, rulebooks.score(event))
    return sum
  }

  const transaction = db.transaction((limit: number) => {
    for (const { row, state } of select.all(rulebooks.current().number, limit)) {
      const score = scoreOf(row)
      const { rulebook, points } = score
      write.run({ row, rulebook, points, goals: goalsColumn(score), state: states.withScore(state, score) })
      sessions.release(row)
    }
  })

  function hasMore(): boolean {
    rulebooks.refresh()
    return select.get(rulebooks.current().number, 1) !== undefined
  }

  return {
    hasMore,
    step(limit) {
      if (!hasMore()) return false
      ready?.()
      transaction.immediate(limit)
      return hasMore()
    },
    left() {
      rulebooks.refresh()
      return { left: count.get(rulebooks.current().number)!, of: lastRow.get()! }
    },
  }
}
