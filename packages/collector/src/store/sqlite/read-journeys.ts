import { compileMatch } from '../../scoring/compile-match.ts'
import type { WireEvent } from '@sojourn/protocol'
import type { PairsQuery, PathsQuery, MetricFilters } from '../queries.ts'
import type { SessionPair, SessionPath, SessionSums } from '../session-metrics.ts'
import { EVENT_NAME } from './journey-conditions.ts'
import { decodeType, TYPE_CODES } from './event-row.ts'
import type { SqliteDatabase } from './open-database.ts'
import { readStatement } from './read-statement.ts'
import type { SelectRows } from './select-rows.ts'
import { toSums } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'

/** Ways through sessions, which are read from their events; each method is the one of `Store`. */
export interface ReadJourneys {
  paths(filters: MetricFilters, query: PathsQuery): readonly SessionPath[]
  pairs(filters: MetricFilters, query: PairsQuery): readonly SessionPair[]
}

const PATHS = readStatement('./group-session-paths.sql')
const WHOLE_WAYS = readStatement('./whole-ways.sql').trimEnd()
/** From the fixed end on, so that those to an end are told backwards. */
const PARTIAL_WAYS = readStatement('./partial-ways.sql').trimEnd()
const UNTIL = readStatement('./first-goal-events.sql')
const PAIRS = readStatement('./group-session-pairs.sql')

/** Over a connection. It is given the SQL function `reaches_goal`. */
export function createReadJourneys(db: SqliteDatabase, parts: StoreParts, select: SelectRows): ReadJourneys {
  const { eventName = EVENT_NAME } = parts
  let known: { goal: string; rulebook: number; isGoalEvent: (event: WireEvent) => boolean } | undefined

  db.function('reaches_goal', (goal: string, type: number, name: string, body: string) =>
    Number(goalEvents(goal)({ ...(JSON.parse(body) as WireEvent), type: decodeType(type), name })),
  )

  /** Says which events are those of a goal: none where there is no such goal. */
  function goalEvents(goal: string): (event: WireEvent) => boolean {
    const { number, goals } = parts.rulebooks.current()
    if (known?.goal !== goal || known.rulebook !== number) {
      const found = goals.find(({ name }) => name === goal)
      known = { goal, rulebook: number, isGoalEvent: found ? compileMatch(found.match) : () => false }
    }
    return known.isGoalEvent
  }

  return {
    paths(filters, { steps, limit, examined, until, isLast = false, isPartial = false }) {
      const values = { steps, limit, examined, page: TYPE_CODES.page, until: until ?? null }
      if (until !== undefined) parts.rulebooks.refresh()
      const statement = PATHS.replace('/* ways */', isPartial ? PARTIAL_WAYS : WHOLE_WAYS)
        .replaceAll('/* toward */', isLast ? 'desc' : 'asc')
        .replace('/* reached */', until === undefined ? '' : UNTIL.replace('/* name */', eventName))
        .replace(
          '/* until */',
          until === undefined
            ? ''
            : 'join reached r on r.session_row = e.session_row and (e.time, e.id) <= (r.time, r.id)',
        )
      // Of those that reached the goal alone: whoever asks for the way to it has not asked for those that never came there.
      const asked = until === undefined ? filters : { ...filters, goal: until }
      return select.all<SessionSums & { steps: string | null }>(statement, asked, values).map((row) => ({
        steps: stepsOf(row.steps, isLast && isPartial),
        sums: toSums(row),
      }))
    },
    pairs(filters, { from, to, limit, examined }) {
      const rows = (types: readonly string[]) =>
        JSON.stringify(types.flatMap((type) => parts.sources.rowsOfType(type)))
      const values = { origins: rows(from), targets: rows([to]), limit, examined }
      return select
        .all<SessionSums & { origin: number; target: number }>(PAIRS, filters, values)
        .map((row) => ({
          from: parts.sources.name(row.origin),
          to: parts.sources.name(row.target),
          sums: toSums(row),
        }))
    },
  }
}

function stepsOf(json: string | null, isBackwards: boolean): readonly string[] {
  const steps = JSON.parse(json ?? '[]') as string[]
  return isBackwards ? steps.reverse() : steps
}
