import { IS_CONVERTED, IS_OF_VISITOR } from './session-conditions.ts'
import type { Conditions } from './session-conditions.ts'

/** A way into the settled sessions that match: an index, and the conditions that it answers by itself. */
export interface Driver {
  /** What stands behind `from`; the session is `s`. */
  readonly from: string
  readonly where: string
  /** What stands behind `from` when the sessions need only be counted. */
  readonly countedFrom?: string
  /** Names of the sort value and row where the way leads through sessions in order of their start. */
  readonly inOrder?: { readonly start: string; readonly row: string }
}

const BY_START = { start: 's.start', row: 's.row' }

/** The bound values that each index answers, under the names that `sessionConditions` gives them. */
const EQUALITIES = {
  visitor0: ['sessions_by_identity', 's.identity_row'],
  profile0: ['settled_by_profile', 's.profile_row'],
  source0: ['settled_by_source', 's.source_row'],
  type0: ['settled_by_source', 's.source_row'],
  entry: ['settled_by_entry_name', 's.entry_name'],
  exit: ['settled_by_exit_name', 's.exit_name'],
  entryPath: ['settled_by_entry_path', 's.entry_path'],
  exitPath: ['settled_by_exit_path', 's.exit_path'],
  device: ['settled_by_device', 's.device'],
  country: ['settled_by_country', 's.country'],
  utmSource: ['settled_by_utm_source', 's.utm_source'],
  utmMedium: ['settled_by_utm_medium', 's.utm_medium'],
  utmCampaign: ['settled_by_utm_campaign', 's.utm_campaign'],
  utmTerm: ['settled_by_utm_term', 's.utm_term'],
  utmContent: ['settled_by_utm_content', 's.utm_content'],
} as const

/** A second value of these means "one of several", which no single stretch of an index answers. */
const SEVERAL = { profile0: 'profile1', source0: 'source1', type0: 'type1' } as const

/** The ways that a query's conditions open. None where it has no condition, or none that an index answers. */
export function sessionDrivers({ sql, values }: Conditions): readonly Driver[] {
  const drivers: Driver[] = []
  const ofTime = sql.filter((condition) => condition.startsWith('s.start '))
  for (const [name, [index, column]] of Object.entries(EQUALITIES)) {
    const second = name in SEVERAL ? SEVERAL[name as keyof typeof SEVERAL] : undefined
    if (!(name in values) || (second !== undefined && second in values)) continue
    drivers.push({
      from: `sessions s indexed by ${index}`,
      where: ['s.settled = 1', `${column} = :${name}`, ...ofTime].join(' and '),
      inOrder: BY_START,
    })
  }
  for (const name of ['event', 'tag', 'path'])
    if (name in values)
      drivers.push({
        from: 'session_terms t cross join sessions s on s.row = t.session_row',
        countedFrom: 'session_terms t',
        where: [`t.term = trim(:${name}, ',')`, ...ofTime.map((condition) => `t${condition.slice(1)}`)].join(
          ' and ',
        ),
        inOrder: { start: 't.start', row: 't.session_row' },
      })
  for (const [column, index] of [
    ['s.start', 'settled_sums'],
    ['s.duration', 'settled_by_duration'],
    ['s.events', 'settled_by_events'],
    ['s.points', 'settled_by_points'],
    ['s.ends_at', 'settled_by_end'],
  ] as const) {
    const ranges = sql.filter((condition) => condition.startsWith(`${column} `))
    if (ranges.length > 0)
      drivers.push({
        from: `sessions s indexed by ${index}`,
        where: `s.settled = 1 and ${ranges.join(' and ')}`,
      })
  }
  if (sql.includes(IS_OF_VISITOR))
    drivers.push({ from: 'sessions s', where: `s.settled = 1 and ${IS_OF_VISITOR}` })
  if (sql.includes(IS_CONVERTED))
    drivers.push({
      from: 'sessions s indexed by settled_converted',
      where: `s.settled = 1 and ${IS_CONVERTED}`,
      inOrder: BY_START,
    })
  return drivers
}
