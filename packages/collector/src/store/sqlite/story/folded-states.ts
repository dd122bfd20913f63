import type { Definition } from '../../../definition/definition.ts'
import { foldFact } from '../../../session/fold-fact.ts'
import type { SessionState } from '../../../session/session-state.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { toScore } from '../session-states.ts'
import type { ScoreRow, SessionStates } from '../session-states.ts'
import { asToldUnder } from './as-told.ts'
import { EventGone } from './facts-reader.ts'
import type { FactsReader } from './facts-reader.ts'
import { SELECT_MEMBERS } from './told-events.ts'

/**
 * States that are not kept: a session of a story is folded of its events again when somebody asks, which is seldom, and not written with
 * each of them. `decode` throws `EventGone` for a session of which no event is left.
 */
export function createFoldedStates(
  db: SqliteDatabase,
  definition: Pick<Definition, 'passiveEvents'>,
  facts: FactsReader,
): SessionStates {
  const asTold = asToldUnder(definition)
  const selectMembers = db.prepare<[number, number], number>(SELECT_MEMBERS).pluck()
  const selectScore = db.prepare<[number], ScoreRow>(
    'select rulebook, points, goals from sessions where row = ?',
  )
  function fold(_text: string, row: number): SessionState {
    let state: SessionState | undefined
    for (const event of selectMembers.all(row, row)) state = foldFact(state, asTold(facts.read(event).fact))
    if (!state) throw new EventGone('Events were removed; the sessions of this definition are told anew.')
    return { ...state, score: toScore(selectScore.get(row)!) }
  }

  return { encode: () => '', encodeEnded: () => '', decode: fold, recall: fold, withScore: (text) => text }
}
