import type { SessionsQuery, SessionSort } from '../queries.ts'
import { decodeSessionCursor } from './cursor.ts'
import { sessionConditions } from './session-conditions.ts'
import type { Conditions } from './session-conditions.ts'
import { sessionDrivers } from './session-drivers.ts'
import type { Driver } from './session-drivers.ts'
import type { StoreParts } from './store-parts.ts'
import { SETTLED_SUMS } from './summed-sessions.ts'

/** A statement that selects `row` and `value` (what the list is sorted by) of sessions, and the values it binds. */
export interface SessionSelect {
  readonly sql: string
  readonly values: Readonly<Record<string, number | string>>
}

/** When matches are gathered and sorted: when there are at most so many. */
export interface Gathering {
  readonly most: number
  /** Counts the sessions that a driver leads to, up to a number. */
  count(driver: Driver, values: Conditions['values'], upTo: number): number
}

/** What each sort goes by before the row, which settles ties, and its index. */
const SORTS: Readonly<Record<SessionSort, { readonly value: string; readonly from: string }>> = {
  start: { value: 's.start', from: 'sessions s indexed by sessions_by_start' },
  duration: { value: 's.duration', from: 'sessions s indexed by settled_by_duration' },
  events: { value: 's.events', from: 'sessions s indexed by settled_by_events' },
  points: { value: 's.points', from: 'sessions s indexed by settled_by_points' },
}

/** How cursors name the list that a query asks for: its definition and order. */
export function sessionList({ definition, sort, descending }: SessionsQuery): string {
  return `${definition} ${descending ? '-' : ''}${sort}`
}

/** So many times as many are counted where several ways have the order of the list: the narrower one passes fewer over. */
const FURTHER = 10

const LIVE: Driver = { from: 'sessions s indexed by sessions_live', where: 's.settled = 0' }

/** One page of the list that a query asks for, and one row more. Undefined when nothing can match. Throws `BadCursor`. */
export function selectSessions(
  query: SessionsQuery,
  parts: StoreParts,
  gathering: Gathering,
): SessionSelect | undefined {
  // A cursor is judged even where nothing can match, so that the same request is always right or always wrong.
  const place = query.cursor === undefined ? undefined : decodeSessionCursor(sessionList(query), query.cursor)
  const conditions = sessionConditions(query, parts)
  if (!conditions) return undefined
  const { sort, skip = 0 } = query
  const values = {
    ...conditions.values,
    limit: query.limit + 1,
    skip,
    ...(place && { placeValue: place[0], placeRow: place[1] }),
  }
  // Settled or not, all of them stand in the index of starts, which is passed over without looking into any session.
  if (skip > 0 && sort === 'start' && conditions.sql.every((condition) => condition.startsWith('s.start ')))
    return { sql: selectPart(query, place !== undefined, inOrderOf('start', conditions)), values }

  const driver = chooseDriver(sort, conditions, gathering)
  const inOrder = sort === 'start' ? driver.inOrder : undefined
  const settled = selectPart(query, place !== undefined, {
    from: driver.from,
    where: ['s.settled = 1', driver.where, ...conditions.sql],
    value: inOrder?.start ?? SORTS[sort].value,
    row: inOrder?.row ?? 's.row',
    offset: ':passed',
    limit: ':limit + :skip - :passed',
  })
  const live = selectPart(query, place !== undefined, {
    ...inOrderOf(sort, conditions),
    from: LIVE.from,
    where: [LIVE.where, ...conditions.sql],
    offset: '0',
    limit: ':limit + :skip',
  })
  // However the two mix, so many of the settled ones are among the skipped.
  const passed = skip === 0 ? 0 : Math.max(0, skip - gathering.count(LIVE, conditions.values, skip))
  return {
    sql: `select * from (${settled}) union all select * from (${live}) order by ${order(query, 'value', 'row')} limit :limit offset :skip - :passed`,
    values: { ...values, passed },
  }
}

/** All sessions that match, in the order of a sort. */
function inOrderOf(sort: SessionSort, { sql }: Conditions): Part {
  const { value, from } = SORTS[sort]
  return { from, where: ['true', ...sql], value, row: 's.row', offset: ':skip', limit: ':limit' }
}

/** Few matches are gathered through their index. Else the list is read in its order: within an index that has it, or the sort's own. */
function chooseDriver(sort: SessionSort, conditions: Conditions, { most, count }: Gathering): Driver {
  const counted = sessionDrivers(conditions).map((driver) => ({
    driver,
    found: count(driver, conditions.values, most + 1),
  }))
  const [fewest] = counted.sort((a, b) => a.found - b.found)
  if (fewest && fewest.found <= most) return fewest.driver
  if (sort !== 'start') return { from: SORTS[sort].from, where: 'true' }
  const ordered = counted.flatMap(({ driver }) => (driver.inOrder ? [driver] : []))
  const narrow = ordered.length > 1 ? fewestOf(ordered) : ordered[0]
  // In this index nothing is passed over that is not settled, and most of what conditions ask for is looked at in it, and not in the table.
  return narrow ?? { from: SETTLED_SUMS, where: 'true' }

  function fewestOf(drivers: readonly Driver[]): Driver {
    const further = drivers.map((driver) => ({
      driver,
      found: count(driver, conditions.values, most * FURTHER),
    }))
    return further.reduce((a, b) => (b.found < a.found ? b : a)).driver
  }
}

interface Part {
  readonly from: string
  readonly where: readonly string[]
  readonly value: string
  readonly row: string
  readonly offset: string
  readonly limit: string
}

function selectPart(
  query: SessionsQuery,
  hasPlace: boolean,
  { from, where, value, row, offset, limit }: Part,
): string {
  const beyond = query.descending ? '<' : '>'
  const place =
    value === '0' ? `${row} ${beyond} :placeRow` : `(${value}, ${row}) ${beyond} (:placeValue, :placeRow)`
  const conditions = hasPlace ? [...where, place] : where
  return `select ${row} as row, ${value} as value from ${from} where ${conditions.join(' and ')}
    order by ${order(query, value, row)} limit ${limit} offset ${offset}`
}

function order({ descending }: SessionsQuery, value: string, row: string): string {
  const direction = descending ? 'desc' : 'asc'
  return `${value} ${direction}, ${row} ${direction}`
}
