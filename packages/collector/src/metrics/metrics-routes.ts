import { Router } from 'express'
import type { RequestHandler, Response } from 'express'
import { sendProblem } from '../problem.ts'
import type { ParameterTable } from '../query/parameters.ts'
import { parsedRoute } from '../query/parsed-route.ts'
import type { QueryParts } from '../query/sessions-routes.ts'
import { untilGone } from '../query/until-gone.ts'
import { SESSION_GROUPINGS } from '../store/session-metrics.ts'
import type { SessionGrouping } from '../store/session-metrics.ts'
import { durationHistogram } from './duration-histogram.ts'
import {
  METRIC_PARAMETERS,
  PATHS_PARAMETERS,
  SOURCES_PARAMETERS,
  RANKING_PARAMETERS,
  TIMESERIES_PARAMETERS,
  parseMetricsQuery,
} from './metrics-parameters.ts'
import type { GivenMetrics, MetricsQuery } from './metrics-parameters.ts'
import { pathRanking, ranking } from './rankings.ts'
import { pairRanking } from './source-pairs.ts'
import { TooManyIntervals, timeseries } from './timeseries.ts'

/** `GET /metrics/timeseries`, `/metrics/durations`, `/metrics/paths`, and the most frequent of each grouping, such as `/metrics/entries`. */
export function metricsRoutes({ store, now }: Pick<QueryParts, 'store' | 'now'>): Router {
  const router = Router()
  const route = (
    table: ParameterTable<GivenMetrics>,
    answer: (query: MetricsQuery) => Promise<object>,
  ): RequestHandler =>
    parsedRoute(
      (parameters) => parseMetricsQuery(parameters, table, now()),
      async (query, _req, res) => void res.json(await answer(asked(query, res))),
    )

  router.get(
    '/metrics/timeseries',
    parsedRoute(
      (parameters) => parseMetricsQuery(parameters, TIMESERIES_PARAMETERS, now()),
      async (query, _req, res) => {
        try {
          res.json(await timeseries(store, asked(query, res)))
        } catch (error) {
          if (!(error instanceof TooManyIntervals)) throw error
          sendProblem(res, { kind: 'bad_parameter', detail: error.message, errors: [error.message] })
        }
      },
    ),
  )
  router.get(
    '/metrics/durations',
    route(METRIC_PARAMETERS, (query) => durationHistogram(store, query)),
  )
  router.get(
    '/metrics/paths',
    route(PATHS_PARAMETERS, (query) => pathRanking(store, query)),
  )
  for (const by of Object.keys(SESSION_GROUPINGS) as SessionGrouping[])
    router.get(
      `/metrics/${by}`,
      route(parametersOf(by), (query) =>
        query.pair ? pairRanking(store, query, query.pair) : ranking(store, query, by),
      ),
    )
  return router
}

/** The query, for as long as its client waits for the answer. */
function asked(query: MetricsQuery, res: Response): MetricsQuery {
  return { ...query, filters: { ...query.filters, signal: untilGone(res) } }
}

/** The parameters of a list of groups. */
export function parametersOf(by: SessionGrouping): ParameterTable<GivenMetrics> {
  return by === 'sources' ? SOURCES_PARAMETERS : RANKING_PARAMETERS
}
