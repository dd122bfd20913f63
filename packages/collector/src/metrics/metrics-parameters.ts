import type { EpochMs } from '@sojourn/protocol'
import { isTimeZone } from '../definition/local-day.ts'
import { FILTER_PARAMETERS, lonelyFilters } from '../query/filter-parameters.ts'
import type { GivenFilters } from '../query/filter-parameters.ts'
import { flag, oneOf, parameter, parseParameters, text, whole } from '../query/parameters.ts'
import type { ParameterTable } from '../query/parameters.ts'
import { MAX_LIMIT } from '../query/sessions-parameters.ts'
import type { ParsedQuery } from '../query/sessions-parameters.ts'
import type { LeadingTypes, MetricFilters } from '../store/queries.ts'
import { INTERVALS } from './intervals.ts'
import type { Interval } from './intervals.ts'
import { pairedTypes } from '../query/paired-types.ts'

/** What a metric is asked for. Each route takes only the fields that it reads. */
export interface MetricsQuery {
  readonly filters: MetricFilters
  readonly interval: Interval
  /** IANA name. */
  readonly tz: string
  readonly withPrevious: boolean
  /** Most rows. */
  readonly limit: number
  /** Most steps of a path. */
  readonly steps: number
  /** The goal that paths lead to. */
  readonly until?: string
  /** Paths by their last steps. */
  readonly isLast: boolean
  /** A row for each part of a path from its fixed end on. */
  readonly isPartial: boolean
  readonly pair?: LeadingTypes
}

interface GivenPeriod extends GivenFilters {
  readonly tz: string
  readonly compare: 'previous'
  readonly conversionsOf: string
}
/** The parameters of all metrics together, as they are asked. */
export interface GivenMetrics extends GivenPeriod {
  readonly interval: Interval
  readonly limit: number
  readonly steps: number
  readonly until: string
  readonly isLast: boolean
  readonly isPartial: boolean
  readonly pair: LeadingTypes
}

const DEFAULT_ROWS = 20
const DEFAULT_STEPS = 4
const MAX_STEPS = 10

const zone = parameter({ type: 'string', examples: ['UTC', 'Europe/Paris'] }, (given) =>
  isTimeZone(given)
    ? { value: given }
    : { mend: 'must be the IANA name of a time zone, such as Europe/Paris' },
)

/** The parameters of all metrics. */
export const METRIC_PARAMETERS = {
  ...FILTER_PARAMETERS,
  tz: ['tz', zone, 'The time zone whose calendar cuts intervals and tells the period before; default UTC.'],
  compare: [
    'compare',
    oneOf<'previous'>(['previous']),
    'Also answers for the period of the same length before; needs from.',
  ],
  conversionsOf: ['conversionsOf', text(), 'Counts as converted what reached this goal; default any goal.'],
} as const satisfies ParameterTable<GivenPeriod>

/** The parameters of the metric over time. */
export const TIMESERIES_PARAMETERS = {
  ...METRIC_PARAMETERS,
  interval: ['interval', oneOf(INTERVALS), 'How long an interval is; default day. Weeks begin on Monday.'],
} as const satisfies ParameterTable<GivenPeriod & Pick<GivenMetrics, 'interval'>>

/** The parameters of a list of the most frequent. */
export const RANKING_PARAMETERS = {
  ...METRIC_PARAMETERS,
  limit: ['limit', whole(1, MAX_LIMIT), `How many rows; default ${DEFAULT_ROWS}.`],
} as const satisfies ParameterTable<GivenPeriod & Pick<GivenMetrics, 'limit'>>

/** The parameters of the most frequent paths. */
export const PATHS_PARAMETERS = {
  ...RANKING_PARAMETERS,
  steps: ['steps', whole(1, MAX_STEPS), `How many pages make a path; default ${DEFAULT_STEPS}.`],
  until: ['until', text(), 'Paths of the sessions that reached this goal, up to the first event that did.'],
  last: [
    'isLast',
    flag,
    'Whether paths are of the last pages, those before the exit or the goal; default false.',
  ],
  partial: [
    'isPartial',
    flag,
    'Whether there is a row for each beginning of a path, or with last for each end; default false.',
  ],
} as const satisfies ParameterTable<
  GivenPeriod & Pick<GivenMetrics, 'limit' | 'steps' | 'until' | 'isLast' | 'isPartial'>
>

/** The parameters of the sources at which sessions begin, and of those that they lead to. */
export const SOURCES_PARAMETERS = {
  ...RANKING_PARAMETERS,
  pair: [
    'pair',
    pairedTypes,
    'Pairs of sources that sessions led from and to: types of sources, the last of which is the one that the others lead to.',
  ],
} as const satisfies ParameterTable<GivenPeriod & Pick<GivenMetrics, 'limit' | 'pair'>>

/** Reads the query of a metric that takes the parameters of a table, with its defaults. */
export function parseMetricsQuery(
  parameters: URLSearchParams,
  table: ParameterTable<GivenMetrics>,
  now: EpochMs,
): ParsedQuery<MetricsQuery> {
  const parsed = parseParameters<GivenMetrics>(parameters, table)
  if (!parsed.ok) return parsed
  const lonely = lonelyFilters(parsed.values)
  if (lonely.length > 0) return { ok: false, errors: lonely }
  const {
    interval = 'day',
    tz = 'UTC',
    compare,
    limit = DEFAULT_ROWS,
    steps = DEFAULT_STEPS,
    until,
    isLast = false,
    isPartial = false,
    pair,
    ...filters
  } = parsed.values
  if (compare !== undefined && filters.from === undefined)
    return { ok: false, errors: ['compare needs from: without it there is no period before.'] }
  return {
    ok: true,
    query: {
      filters: { definition: 'client', ...filters, now },
      interval,
      tz,
      withPrevious: compare !== undefined,
      limit,
      steps,
      ...(until !== undefined && { until }),
      isLast,
      isPartial,
      ...(pair && { pair }),
    },
  }
}
