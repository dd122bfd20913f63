import { SESSION_GROUPINGS } from '../session-metrics.ts'
import type { GroupValue, SessionGroup, SessionGrouping, SessionSums } from '../session-metrics.ts'
import { toSums } from './session-sums.ts'
import type { StoreParts } from './store-parts.ts'

/** A group as it is selected: the grouping's columns, null where sessions have no such value, and the sums. */
export type GroupRow = SessionSums & Readonly<Record<string, number | string | null>>

/** The columns that hold words. */
const WORD_COLUMNS: Readonly<Partial<Record<GroupValue, string>>> = {
  entry: 'entry_name',
  entryPath: 'entry_path',
  exit: 'exit_name',
  exitPath: 'exit_path',
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  device: 'device',
  country: 'country',
}

/** The columns of `sessions` that name a group. Undefined where no session has such values: lifecycles of visitors. */
export function groupingColumns(
  by: SessionGrouping,
  { lifecycle }: StoreParts,
): readonly string[] | undefined {
  if (by === 'sources') return ['source_row']
  if (by === 'lifecycle') return lifecycle === undefined ? undefined : ['lifecycle']
  if (by === 'goals') return ['goal']
  const columns = SESSION_GROUPINGS[by].map((value) => WORD_COLUMNS[value])
  return columns.every((column) => column !== undefined) ? columns : undefined
}

/** What stands behind `from`: those of some sessions `s` that are in a group, with the grouping's columns. */
export function groupedSessions(by: SessionGrouping, sessions: string, { lifecycle }: StoreParts): string {
  if (by === 'goals')
    return `(select s.*, g.value as goal from ${sessions} cross join json_each(s.goals) g where s.goals is not null) s`
  if (by === 'lifecycle')
    return `(select * from (select s.*, ${lifecycle} as lifecycle from ${sessions}) where lifecycle is not null) s`
  return sessions
}

/** The group that a row stands for. */
export function toGroup(row: GroupRow, by: SessionGrouping, { words, sources }: StoreParts): SessionGroup {
  const sums = toSums(row)
  if (by === 'sources') {
    const { id, name, type } = sources.name(Number(row['source_row']))
    return { values: { source: id, sourceType: type }, sourceName: name, sums }
  }
  if (by === 'lifecycle') return { values: { lifecycle: String(row['lifecycle']) }, sums }
  if (by === 'goals') return { values: { goal: String(row['goal']) }, sums }
  const values: Partial<Record<GroupValue, string>> = {}
  for (const value of SESSION_GROUPINGS[by]) {
    const word = row[WORD_COLUMNS[value] ?? '']
    if (typeof word === 'number') values[value] = words.text(word)
  }
  return { values, sums }
}
