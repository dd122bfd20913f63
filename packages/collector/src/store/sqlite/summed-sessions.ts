import type { Conditions } from './session-conditions.ts'
import type { Driver } from './session-drivers.ts'

/** What the index `settled_sums` holds of a session beside its row and identity. */
const INDEXED = [
  'start',
  'duration',
  'events',
  'page_views',
  'points',
  'goals',
  'source_row',
  'entry_name',
  'entry_path',
  'exit_name',
  'exit_path',
  'device',
  'country',
  'utm_source',
  'utm_medium',
  'utm_campaign',
]

/** Settled sessions by that index, which has them in the order of their starts. */
export const SETTLED_SUMS = 'sessions s indexed by settled_sums'

const COLUMNS = ['row', 'identity_row', ...INDEXED].map((column) => `s.${column}`).join(', ')

/** What sessions are asked for. `way`: an index that leads to few settled sessions, all that meet the conditions among them. */
export interface Summed extends Pick<Conditions, 'sql'> {
  readonly way?: Driver | undefined
}

/**
 * What stands behind `from`: the sessions `s` that meet the conditions. Settled ones are read from an index of what metrics need, which is a
 * small part of the table; the few others from the table. `whole`: with all columns. Where a condition is on a column that the index does not
 * have, or on what finds few sessions by itself, settled ones are found by `way`, or all are looked for in the table.
 */
export function summedSessions({ sql, way }: Summed, whole = false): string {
  const where = ['true', ...sql].join(' and ')
  if (way)
    return `(
    select s.* from ${way.from} where s.settled = 1 and ${way.where} and ${where}
    union all
    select s.* from sessions s indexed by sessions_live where s.settled = 0 and ${where}
  ) s`
  if (whole || !isSummable({ sql })) return `(select s.* from sessions s where ${where}) s`
  return `(
    select ${COLUMNS} from ${SETTLED_SUMS} where s.settled = 1 and ${where}
    union all
    select ${COLUMNS} from sessions s indexed by sessions_live where s.settled = 0 and ${where}
  ) s`
}

/** SQL that counts the visitors of all sessions that began in a time; undefined where the conditions ask for more. It meets each visitor's sessions together. */
export function visitorsInTime(conditions: Pick<Conditions, 'sql'>): string | undefined {
  if (!isOfStartsAlone(conditions)) return undefined
  const where = ['true', ...conditions.sql].join(' and ')
  return `(select count(distinct s.identity_row) from sessions s indexed by sessions_by_identity where ${where})`
}

/** True where the index `settled_sums` alone says of a settled session whether it meets the conditions. */
export function isSummable({ sql }: Pick<Conditions, 'sql'>): boolean {
  return columnsOf(sql).every((column) => INDEXED.includes(column))
}

/** True where the conditions ask for nothing but when a session began. */
export function isOfStartsAlone({ sql }: Pick<Conditions, 'sql'>): boolean {
  return columnsOf(sql).every((column) => column === 'start')
}

function columnsOf(sql: readonly string[]): readonly string[] {
  return sql.flatMap((condition) => [...condition.matchAll(/\bs\.(\w+)/g)].map(([, column]) => column!))
}
