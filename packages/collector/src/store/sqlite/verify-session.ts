import { isDeepStrictEqual } from 'node:util'
import type { Fact } from '../../ingest/fact.ts'
import { foreignSessionId } from '../../session/derived-id.ts'
import { foldFact } from '../../session/fold-fact.ts'
import type { SessionState } from '../../session/session-state.ts'
import { decodeFact, keyOf, SELECT_EVENTS } from './event-row.ts'
import type { EventRow } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import { unpackId } from './pack-id.ts'
import type { PackedId } from './pack-id.ts'
import { decodeState } from './session-codec.ts'
import { sessionColumns } from './session-columns.ts'
import { toScore } from './session-states.ts'
import type { ScoreRow } from './session-states.ts'
import { addTerms, decodeTerms } from './session-terms.ts'
import { createStoreParts } from './store-parts.ts'

type SessionRow = Readonly<Record<string, unknown>> & {
  readonly row: number
  readonly id: PackedId
  readonly identity_row: number
  readonly derived: number
  readonly terms: string
  readonly state: string
} & ScoreRow

/** Columns that are compared in a way of their own, or that an older rulebook decided. */
const APART = new Set(['state', 'terms', 'rulebook', 'points', 'goals'])
/** A session id that others use too is changed once for each of them that came before. */
const MOST_FOREIGN = 8

/** Tells what is wrong with the session in a row, by folding its events from scratch; undefined when nothing is. Over a connection that reads. */
export function createRefold(db: SqliteDatabase): (row: number) => string | undefined {
  const parts = createStoreParts(db)
  const selectSession = db.prepare<[number], SessionRow>('select * from sessions where row = ?')
  const selectFacts = db.prepare<[number], EventRow>(`${SELECT_EVENTS} where e.session_row = ?`)
  const selectForeign = db
    .prepare<[number, number], number>(
      'select count(*) from events where session_row = ? and identity_row <> ?',
    )
    .pluck()

  function differences(stored: SessionRow, facts: readonly Fact[]): string | undefined {
    // A session without a state in its row is folded of its events whenever it is read.
    const before = stored.state === '' ? undefined : decodeState(stored.state, parts.contexts)
    const score = before?.score ?? toScore(stored)
    let state: SessionState | undefined
    const terms = new Set<string>()
    for (const fact of facts) {
      state = foldFact(state, fact, (event) => parts.rulebooks.score(event, score.rulebook))
      addTerms(terms, fact.event, parts.words)
    }
    if (!state) return 'it has no events.'
    const again = { ...state, score }
    if (before && !isDeepStrictEqual(asKept(again, before), before))
      return 'it is not what its events make it.'
    const session = {
      row: stored.row,
      id: unpackId(stored.id),
      identityRow: stored.identity_row,
      derived: stored.derived === 1,
      state: again,
      terms,
      bounds: undefined,
      written: undefined,
      settled: undefined,
    }
    const columns: Record<string, unknown> = sessionColumns(session, again, parts)
    const wrong = Object.keys(columns).filter(
      (name) => !APART.has(name) && !isDeepStrictEqual(columns[name], stored[name]),
    )
    if (!isDeepStrictEqual(terms, decodeTerms(stored.terms))) wrong.push('terms')
    return wrong.length > 0 ? `it is found by a wrong ${wrong.join(', ')}.` : undefined
  }

  return (row) => {
    const stored = selectSession.get(row)!
    if (selectForeign.get(row, stored.identity_row)! > 0) return 'it holds events of somebody else.'
    const facts = selectFacts.all(row).map((event) => decodeFact(event, parts.contexts, parts.sources))
    if (stored.derived === 0 && !facts.some((fact) => isStampedAs(fact, unpackId(stored.id))))
      return 'none of its events came with its id.'
    return differences(stored, facts)
  }
}

/** The state as it was kept before short properties were kept with it. */
function asKept(state: SessionState, { properties }: SessionState): SessionState {
  if (!state.properties || !properties || properties.value) return state
  const { time, id } = state.properties
  return { ...state, properties: { time, id } }
}

function isStampedAs({ event }: Fact, id: string): boolean {
  let stamp = event.session?.id
  for (let i = 0; stamp !== undefined && i < MOST_FOREIGN; i++) {
    if (stamp === id) return true
    stamp = foreignSessionId(stamp, keyOf(event))
  }
  return false
}
