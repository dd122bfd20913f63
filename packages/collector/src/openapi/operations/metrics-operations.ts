import {
  METRIC_PARAMETERS,
  PATHS_PARAMETERS,
  TIMESERIES_PARAMETERS,
} from '../../metrics/metrics-parameters.ts'
import { parametersOf } from '../../metrics/metrics-routes.ts'
import type { SessionGrouping } from '../../store/session-metrics.ts'
import type { Operation } from '../operation.ts'
import { ref } from '../schema.ts'

const RANKINGS: Readonly<Record<SessionGrouping, string>> = {
  entries: 'The most frequent first events and their paths.',
  exits: 'The most frequent last events and their paths.',
  sources: 'The sources at which most sessions began; or the pairs that they led from and to.',
  campaigns: 'The most frequent campaigns.',
  devices: 'The most frequent types of device.',
  countries: 'The most frequent countries.',
  lifecycle: 'New, active and resurrected profiles.',
  goals: 'The goals that most sessions reached.',
}

/** What sessions amount to. */
export const METRICS_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/metrics/timeseries',
    summary: 'Sessions over time.',
    admission: 'token',
    parameters: TIMESERIES_PARAMETERS,
    answer: { status: 200, description: 'The period, whole and in intervals.', schema: ref('Timeseries') },
  },
  {
    method: 'get',
    path: '/v1/metrics/durations',
    summary: 'How long sessions last.',
    admission: 'token',
    parameters: METRIC_PARAMETERS,
    answer: { status: 200, description: 'A histogram.', schema: ref('Durations') },
  },
  {
    method: 'get',
    path: '/v1/metrics/paths',
    summary: 'The most frequent ways through the first pages.',
    admission: 'token',
    parameters: PATHS_PARAMETERS,
    answer: { status: 200, description: 'Paths, the most frequent first.', schema: ref('Paths') },
  },
  ...(Object.entries(RANKINGS) as [SessionGrouping, string][]).map(([by, summary]): Operation => ({
    method: 'get',
    path: `/v1/metrics/${by}`,
    summary,
    admission: 'token',
    parameters: parametersOf(by),
    answer: {
      status: 200,
      description: 'Rows, the largest first.',
      schema: by === 'sources' ? { anyOf: [ref('Ranking'), ref('Pairs')] } : ref('Ranking'),
    },
  })),
]
