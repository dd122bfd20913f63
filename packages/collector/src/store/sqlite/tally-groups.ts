import type { MetricFilters } from '../queries.ts'
import type { SqliteDatabase } from './open-database.ts'
import type { SelectRows } from './select-rows.ts'
import type { GroupRow } from './session-grouping.ts'
import { summands } from './session-sums.ts'
import { summedSessions } from './summed-sessions.ts'
import type { Tuning } from './tuning.ts'

/** The rows that `group-sessions.sql` selects, by columns that hold words; undefined where there are too many groups to hold. */
export type TallyGroups = (
  columns: readonly string[],
  filters: MetricFilters,
  limit: number,
) => readonly GroupRow[] | undefined

interface Tally {
  readonly names: readonly (number | null)[]
  /** A bit for each identity; absent where all room was taken. */
  readonly seen: Uint8Array | undefined
  first: number
  sessions: number
  visitors: number
  events: number
  pageViews: number
  duration: number
  bounces: number
  points: number
  conversions: number
}

/** What `tally_group` is given of a session: the values of up to three columns, its row, its identity, and what `summands` lists. */
type Met = readonly [
  a: number | null,
  b: number | null,
  c: number | null,
  row: number,
  identity: number,
  events: number,
  pageViews: number,
  duration: number,
  bounce: number,
  points: number,
  conversion: number,
]

/** The longest list of columns that name a group. */
const MOST_COLUMNS = 3
/** Visitors of so many groups are counted one group after the other, where there was no room to note them. */
const MOST_UNSEEN = 8

/**
 * Sums up groups in one pass, by a table of them: SQLite would sort all sessions first, which takes three times as long. It is given the SQL
 * function `tally_group`. Groups that are large are met early, so it is them for whom there is room to note whom they have met.
 */
export function createTallyGroups(
  db: SqliteDatabase,
  select: SelectRows,
  { talliedGroups, tallyBytes }: Tuning,
): TallyGroups {
  const lastIdentity = db.prepare<[], number>('select ifnull(max(row), 0) from identities').pluck()
  let groups = new Map<number, Map<number, Map<number, Tally>>>()
  let tallies: Tally[] = []
  let seenBytes = 0
  let room = 0

  function begin(names: readonly (number | null)[], first: number): Tally {
    room -= seenBytes
    const seen = room >= 0 ? new Uint8Array(seenBytes) : undefined
    const sums = { sessions: 0, visitors: 0, events: 0, pageViews: 0, duration: 0, bounces: 0 }
    const tally = { names, seen, first, ...sums, points: 0, conversions: 0 }
    tallies.push(tally)
    return tally
  }

  function find(a: number | null, b: number | null, c: number | null, row: number): Tally | undefined {
    let byB = groups.get(a ?? -1)
    if (!byB) groups.set(a ?? -1, (byB = new Map()))
    let byC = byB.get(b ?? -1)
    if (!byC) byB.set(b ?? -1, (byC = new Map()))
    let tally = byC.get(c ?? -1)
    if (!tally && tallies.length < talliedGroups + 1) byC.set(c ?? -1, (tally = begin([a, b, c], row)))
    return tally
  }

  db.aggregate('tally_group', {
    start: 0,
    varargs: true,
    step: (_total: number, ...values: number[]) => {
      const [a, b, c, row, identity, events, pageViews, duration, bounce, points, conversion] =
        values as unknown as Met
      const tally = find(a, b, c, row)
      if (!tally) return
      if (row < tally.first) tally.first = row
      tally.sessions++
      tally.events += events
      tally.pageViews += pageViews
      tally.duration += duration
      tally.bounces += bounce
      tally.points += points
      tally.conversions += conversion
      const { seen } = tally
      const bit = 1 << (identity & 7)
      if (!seen || (seen[identity >> 3]! & bit) !== 0) return
      seen[identity >> 3]! |= bit
      tally.visitors++
    },
  })

  /** Counts the visitors of groups of whom nothing was noted. */
  function countVisitors(unseen: readonly Tally[], columns: readonly string[], filters: MetricFilters): void {
    const isOfGroup = columns.map((column, i) => `s.${column} is :name${i}`).join(' and ')
    const counted = select.each<{ visitors: number }>(
      `select count(distinct s.identity_row) as visitors from /* sessions */ where ${isOfGroup}`,
      filters,
      unseen.map(({ names }) => Object.fromEntries(columns.map((_, i) => [`name${i}`, names[i] ?? null]))),
    )
    unseen.forEach((tally, i) => (tally.visitors = counted[i]?.visitors ?? 0))
  }

  return db.transaction((columns: readonly string[], filters: MetricFilters, limit: number) => {
    groups = new Map()
    tallies = []
    seenBytes = ((lastIdentity.get() ?? 0) >> 3) + 1
    room = tallyBytes
    const names = Array.from({ length: MOST_COLUMNS }, (_, i) => (columns[i] ? `s.${columns[i]}` : 'null'))
    select.all(
      (conditions) =>
        `select tally_group(${[...names, 's.row', 's.identity_row', ...summands(filters.conversionsOf)].join(', ')}) from ${summedSessions(conditions)}`,
      filters,
    )
    if (tallies.length > talliedGroups) return undefined
    const largest = tallies.sort((a, b) => b.sessions - a.sessions || a.first - b.first).slice(0, limit)
    const unseen = largest.filter(({ seen }) => !seen)
    if (unseen.length > MOST_UNSEEN) return undefined
    countVisitors(unseen, columns, filters)
    return largest.map(({ names: named, seen: _seen, first: _first, ...sums }) => ({
      ...sums,
      ...Object.fromEntries(columns.map((column, i) => [column, named[i] ?? null])),
    }))
  })
}
