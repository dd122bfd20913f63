import { INTERVALS } from '../../metrics/intervals.ts'
import { SESSION_GROUPINGS } from '../../store/session-metrics.ts'
import type { GroupValue } from '../../store/session-metrics.ts'
import { COUNT, FLAG, ISO_TIME, MEAN, NUMBER, TEXT, about, enumOf, listOf, record, ref } from '../schema.ts'
import type { Schema } from '../schema.ts'

const MEASURES = {
  sessions: COUNT,
  visitors: about(COUNT, 'Distinct visitors.'),
  events: about(COUNT, 'Events that are not passive.'),
  pageViews: COUNT,
  meanDuration: about(MEAN, 'Seconds; null without sessions.'),
  bounceRate: about(MEAN, '0 to 1; null without sessions.'),
  points: NUMBER,
  conversions: about(COUNT, 'Sessions that reached a goal.'),
  conversionRate: about(MEAN, '0 to 1; null without sessions.'),
}
const PAIRED = record({ id: TEXT, name: TEXT, type: TEXT })
const EXAMINED = about(COUNT, 'The sessions that rows tell of: those that began last.')
const EXAMINED_FROM = about(
  ISO_TIME,
  'They began then or later; absent where rows tell of all that are found.',
)
const PERIOD = { from: ISO_TIME, to: about(ISO_TIME, 'Not included.') }
const SERIES = {
  required: { total: ref('Measures'), intervals: listOf(ref('IntervalMeasures')) },
  optional: PERIOD,
}
const COVERED_FROM = about(
  ISO_TIME,
  "The definition's first session of all; only where that is after from, so that this is no whole period.",
)
const VALUE_NAMES: Readonly<Partial<Record<GroupValue, string>>> = {
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
}
const VALUES = Object.fromEntries(
  Object.values(SESSION_GROUPINGS)
    .flat()
    .map((value: GroupValue) => [VALUE_NAMES[value] ?? value, TEXT]),
)

/** An answer that also has that of the period before, where it is asked for. */
function withPrevious(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return record(required, { ...optional, previous: record({ ...PERIOD, ...required }, optional) })
}

/** The answers of the metrics. */
export const METRICS_SCHEMAS: Readonly<Record<string, Schema>> = {
  Measures: about(record(MEASURES), 'What a set of sessions amounts to.'),
  IntervalMeasures: record({ ...PERIOD, ...MEASURES }),
  Timeseries: record(
    { interval: enumOf(INTERVALS), tz: TEXT, ...SERIES.required },
    {
      ...SERIES.optional,
      previous: record(SERIES.required, { ...SERIES.optional, coveredFrom: COVERED_FROM }),
    },
  ),
  Durations: withPrevious({
    total: ref('Measures'),
    bars: listOf(record({ minDuration: COUNT, sessions: COUNT }, { maxDuration: COUNT })),
  }),
  Ranking: withPrevious({
    total: ref('Measures'),
    rows: listOf(ref('RankedGroup')),
    more: about(FLAG, 'There are more rows than limit.'),
  }),
  RankedGroup: about(
    record(MEASURES, { ...VALUES, sourceName: TEXT }),
    'Sessions with the same values, each under the parameter that finds them. A value that they do not have is absent.',
  ),
  Pairs: withPrevious(
    {
      total: ref('Measures'),
      examined: EXAMINED,
      rows: listOf(record({ from: PAIRED, to: PAIRED, ...MEASURES })),
      more: FLAG,
    },
    { examinedFrom: EXAMINED_FROM },
  ),
  Paths: withPrevious(
    {
      total: ref('Measures'),
      examined: EXAMINED,
      rows: listOf(
        record({ steps: about(listOf(TEXT), 'Paths of the first pages, or of the last.'), ...MEASURES }),
      ),
      more: FLAG,
    },
    { examinedFrom: EXAMINED_FROM },
  ),
}
