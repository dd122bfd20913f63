import { Router } from 'express'
import type { Logger } from 'pino'
import { loginRoutes } from './access/login-routes.ts'
import { requireToken } from './access/require-token.ts'
import type { Gatekeeper } from './access/require-token.ts'
import { tokensRoutes } from './access/tokens-routes.ts'
import { definitionsRoutes } from './definition/definitions-routes.ts'
import { previewRoutes } from './definition/preview-routes.ts'
import { figuresRoutes } from './health/figures-routes.ts'
import type { HealthParts } from './health/read-health.ts'
import type { IngestMeter } from './health/ingest-meter.ts'
import type { IngestHandler } from './ingest/ingest.ts'
import { liveRoutes } from './live/live-routes.ts'
import type { LiveParts } from './live/live-routes.ts'
import { linkRoutes } from './link/link-routes.ts'
import type { LinkParts } from './link/link-routes.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { openApiRoutes } from './openapi/openapi-routes.ts'
import { sendProblem } from './problem.ts'
import { profilesRoutes } from './profile/profiles-routes.ts'
import { answerErrors } from './query/answer-errors.ts'
import { exportRoutes } from './query/export-routes.ts'
import { sessionsRoutes } from './query/sessions-routes.ts'
import { sourcesRoutes } from './query/sources-routes.ts'
import { scoringRoutes } from './scoring/scoring-routes.ts'
import type { SdkScript } from './site/sdk-script.ts'
import { securityHeaders } from './site/security-headers.ts'

export interface ApiParts extends LiveParts, LinkParts, Pick<HealthParts, 'damage'> {
  readonly ingest: IngestHandler
  readonly meter: IngestMeter
  readonly gatekeeper: Gatekeeper
  /** That for most sites, and that with links between domains. */
  readonly script: SdkScript | undefined
  readonly log: Logger
}

/** Everything below `/v1`: events may be sent with a write key, all else needs a token, and all that changes something the admin token. */
export function apiRoutes(parts: ApiParts): Router {
  const { ingest, gatekeeper, script, sources, log } = parts
  const router = Router()
  router.route('/events').post(ingest).options(ingest)
  router.use(linkRoutes(parts))

  router.use(securityHeaders)
  router.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.use(loginRoutes(gatekeeper))

  router.use(requireToken(gatekeeper))
  router.use(exportRoutes(parts))
  router.use(liveRoutes(parts))
  router.use(sessionsRoutes(parts))
  router.use(metricsRoutes(parts))
  router.use(definitionsRoutes(parts))
  router.use(previewRoutes(parts))
  router.use(scoringRoutes(parts))
  router.use(profilesRoutes(parts))
  router.use(sourcesRoutes(sources))
  router.use(tokensRoutes(gatekeeper.access))
  router.use(figuresRoutes(parts))
  router.use(openApiRoutes())
  router.get('/script', (_req, res) => {
    const { integrity, bytes } = script ?? {}
    res.json({ path: '/sojourn.js', integrity, bytes: bytes?.identity.length })
  })

  router.use((_req, res) => {
    sendProblem(res, {
      kind: 'not_found',
      detail: 'There is no such route, or not with this method. docs/read-api.md lists them.',
    })
  })
  router.use(answerErrors(log))
  return router
}
