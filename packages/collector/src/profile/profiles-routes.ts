import { Router } from 'express'
import { sendProblem } from '../problem.ts'
import { parseParameters, text } from '../query/parameters.ts'
import type { ParameterTable } from '../query/parameters.ts'
import { parsedRoute } from '../query/parsed-route.ts'
import { DEFAULT_LIMIT, PAGE_PARAMETERS } from '../query/sessions-parameters.ts'
import type { QueryParts } from '../query/sessions-routes.ts'

interface GivenPage {
  readonly search: string
  readonly limit: number
  readonly cursor: string
}

/** The parameters of the list of profiles. */
export const PROFILES_PARAMETERS = {
  search: [
    'search',
    text(128),
    'Persons whose user id or profile id begins with this, and the visitor of this id, or whom it turned out to be. One page.',
  ],
  ...PAGE_PARAMETERS,
} as const satisfies ParameterTable<GivenPage>

/** `GET /profiles`, whose last session began last first, and `GET /profiles/:id`, by the profile's id or a user id, which `DELETE` erases. */
export function profilesRoutes({ store }: Pick<QueryParts, 'store'>): Router {
  const router = Router()
  router.get(
    '/profiles',
    parsedRoute(parseProfilesQuery, async (page, _req, res) => {
      const { rows, next } = await store.profiles(page)
      res.json({ profiles: rows, next })
    }),
  )
  router.get('/profiles/:id', async (req, res) => {
    const profile = await store.profile(req.params.id)
    if (profile) res.json(profile)
    else sendProblem(res, { kind: 'not_found', detail: 'There is no profile of this id, nor of this user.' })
  })
  router.delete('/profiles/:id', async (req, res) => {
    const gone = await store.eraseProfile(req.params.id)
    if (gone) res.json(gone)
    else sendProblem(res, { kind: 'not_found', detail: 'There is no profile of this id, nor of this user.' })
  })
  return router
}

function parseProfilesQuery(parameters: URLSearchParams) {
  const parsed = parseParameters<GivenPage>(parameters, PROFILES_PARAMETERS)
  if (!parsed.ok) return parsed
  const { search, cursor } = parsed.values
  if (search !== undefined && cursor !== undefined)
    return { ok: false, errors: ['cursor does not go with search, which has one page.'] } as const
  return { ok: true, query: { limit: DEFAULT_LIMIT, ...parsed.values } } as const
}
