import { compileMatch } from '../../scoring/compile-match.ts'
import type { WireEvent } from '@sojourn/protocol'
import type { PairsQuery, PathsQuery, MetricFilters } from '../queries.ts'
import type { SessionPair, SessionPath, SessionSums } from '../session-metrics.ts'
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
const UNTIL = readStatement('./first-goal-events.sql')
const PAIRS = readStatement('./group-session-pairs.sql')

/** Over a connection. It is given the SQL function `reaches_goal`. */
export function createReadJourneys(db: SqliteDatabase, parts: StoreParts, select: SelectRows): ReadJourneys {
  const { eventName = '(select text from words where row = e.name_row)' } = parts
  let isGoalEvent: (event: WireEvent) => boolean = () => false

  db.function('reaches_goal', (type: number, name: string, body: string) =>
    Number(isGoalEvent({ ...(JSON.parse(body) as WireEvent), type: decodeType(type), name })),
  )

  function useGoal(name: string): void {
    parts.rulebooks.refresh()
    const goal = parts.rulebooks.current().goals.find((each) => each.name === name)
    isGoalEvent = goal ? compileMatch(goal.match) : () => false
  }

  return {
    paths(filters, { steps, limit, examined, until, isLast = false }) {
      const values = { steps, limit, examined, page: TYPE_CODES.page }
      if (until !== undefined) useGoal(until)
      const statement = PATHS.replaceAll('/* toward */', isLast ? 'desc' : 'asc')
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
        steps: JSON.parse(row.steps ?? '[]') as string[],
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
