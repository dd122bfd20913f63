import { Router } from 'express'
import { requireToken } from '../access/require-token.ts'
import type { Gatekeeper } from '../access/require-token.ts'
import { parseParameters } from '../query/parameters.ts'
import { parsedRoute } from '../query/parsed-route.ts'
import { securityHeaders } from '../site/security-headers.ts'
import { metricsText } from './metrics-text.ts'
import { PROMETHEUS_TYPE } from './prometheus.ts'
import { readFigures, toHealth } from './read-health.ts'
import type { HealthParts } from './read-health.ts'

/** `GET /health`, for the dashboard: what became of events, and how the collector fares. */
export function figuresRoutes(parts: HealthParts): Router {
  const router = Router()
  router.get(
    '/health',
    parsedRoute(parseNothing, async (_query, _req, res) => {
      res.json(toHealth(await readFigures(parts), parts.sources))
    }),
  )
  return router
}

/** `GET /metrics`, for Prometheus: the same figures. It needs the token, because it names the sources. */
export function metricsTextRoutes(parts: HealthParts, gatekeeper: Gatekeeper): Router {
  const router = Router()
  router.get('/metrics', securityHeaders, requireToken(gatekeeper), async (_req, res) => {
    const text = metricsText(await readFigures(parts))
    res.setHeader('Content-Type', PROMETHEUS_TYPE)
    res.setHeader('Cache-Control', 'no-store')
    res.end(text)
  })
  return router
}

function parseNothing(parameters: URLSearchParams) {
  const parsed = parseParameters<Record<never, never>>(parameters, {})
  return parsed.ok ? ({ ok: true, query: undefined } as const) : parsed
}
