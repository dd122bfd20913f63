import { Router, json } from 'express'
import type { Response } from 'express'
import { sendProblem } from '../problem.ts'
import { isDay, oneOf, parameter, parseParameters, text, whole } from '../query/parameters.ts'
import type { ParameterTable } from '../query/parameters.ts'
import { parsedRoute } from '../query/parsed-route.ts'
import type { QueryParts } from '../query/sessions-routes.ts'
import type { KeptDefinition } from '../store/kept-definition.ts'
import type { GapsQuery } from '../store/queries.ts'
import { suggestTimeout } from '../what-if/suggest-timeout.ts'
import { whatIf } from '../what-if/what-if.ts'
import { CLIENT } from './built-in.ts'
import { definitionJson } from './definition-json.ts'
import { SCOPES } from './definition.ts'
import type { Scope } from './definition.ts'
import { parseDefinition } from './parse-definition.ts'
import { tellDifferences } from './tell-differences.ts'

const DAY_MS = 86_400_000
const DEFAULT_EXAMPLES = 5
/** Each definition is told of every event, so there cannot be any number of them. Built-in ones come on top. */
export const MAX_DEFINITIONS = 100

const day = parameter<number>({ type: 'string', format: 'date' }, (given) => {
  const isThere = /^\d{4}-\d\d-\d\d$/.test(given) && isDay(given)
  return isThere ? { value: Date.parse(given) / DAY_MS } : { mend: 'must be a day such as 2024-05-30' }
})

interface GivenGaps {
  readonly scope: Scope
  readonly source: string
  readonly from: number
  readonly to: number
}

/** The parameters of what-if and suggest. */
export const GAPS_PARAMETERS = {
  scope: ['scope', oneOf(SCOPES), 'Gaps between the events of one visitor (default) or of one profile.'],
  source: ['source', text(), 'Gaps between the events of this source alone: its id or its name.'],
  from: ['from', day, 'From this day on, in UTC.'],
  to: ['to', day, 'Up to the day before this one, in UTC.'],
} as const satisfies ParameterTable<GivenGaps>

interface GivenComparison {
  readonly first: string
  readonly second: string
  readonly examples: number
}

/** The parameters of compare. */
export const COMPARE_PARAMETERS = {
  first: ['first', text(80), 'A definition, or a version of one such as orders@2; default client.'],
  second: ['second', text(80), 'The definition, or version, to compare it with; default visits.'],
  examples: [
    'examples',
    whole(0, 50),
    `How many sessions of each kind to show; default ${DEFAULT_EXAMPLES}.`,
  ],
} as const satisfies ParameterTable<GivenComparison>

/** `GET /definitions`, and on `/definitions/:name` `GET`, `PUT` (400 with all that is wrong), `DELETE` and `POST …/rebuild`; what-if, suggest, compare. */
export function definitionsRoutes({ store, sources, now }: QueryParts): Router {
  const router = Router()

  async function all(): Promise<readonly object[]> {
    const kept = await store.definitions()
    return [CLIENT_OBJECT, ...kept.map(definitionObject).sort((a, b) => (a.name < b.name ? -1 : 1))]
  }

  router.get('/definitions', async (_req, res) => {
    res.json({ definitions: await all() })
  })
  router.get(
    '/definitions/what-if',
    parsedRoute(parseGapsQuery, async (query, _req, res) => {
      res.json({ timeouts: whatIf(await store.gapCells(query)) })
    }),
  )
  router.get(
    '/definitions/suggest',
    parsedRoute(parseGapsQuery, async (query, _req, res) => {
      res.json(suggestTimeout(await store.gapCells(query)))
    }),
  )
  router.get(
    '/definitions/compare',
    parsedRoute(parseComparison, async ({ first, second, examples }, _req, res) => {
      const comparison = await store.compareDefinitions(first, second, examples)
      res.json(await tellDifferences(store, comparison, { first, second, now: now() }))
    }),
  )
  router.get('/definitions/:name', async (req, res) => {
    const { name } = req.params
    const found = (await store.definitions()).find(({ definition }) => definition.name === name)
    if (name === CLIENT.name) res.json(CLIENT_OBJECT)
    else if (found) res.json(definitionObject(found))
    else noDefinition(res)
  })
  router.put('/definitions/:name', json({ limit: '64kb' }), async (req, res) => {
    const body: unknown = req.body
    if (body === undefined)
      return void sendProblem(res, {
        kind: 'unsupported',
        detail: 'Send the definition as application/json.',
      })
    const { name } = req.params
    const isNamed = typeof body === 'object' && body !== null && !Array.isArray(body)
    const parsed = parseDefinition(isNamed ? { name, ...body } : body, sources.all())
    const problems = parsed.ok ? [] : [...parsed.problems]
    if (parsed.ok && parsed.definition.name !== name)
      problems.push(`name must be that of the address, ${JSON.stringify(name.slice(0, 64))}, or be left out.`)
    const kept = await store.definitions()
    const before = kept.find(({ definition }) => definition.name === name)
    if (before?.isBuiltIn) problems.push('name is that of a built-in definition: choose another.')
    if (!before && kept.filter(({ isBuiltIn }) => !isBuiltIn).length >= MAX_DEFINITIONS)
      problems.push(`There are ${MAX_DEFINITIONS} definitions already: remove one first.`)
    if (!parsed.ok || problems.length > 0) {
      const errors = [...new Set(problems)]
      return void sendProblem(res, { kind: 'bad_definition', detail: errors.join(' '), errors })
    }
    res.json(definitionObject(await store.putDefinition(parsed.definition)))
  })
  router.delete('/definitions/:name', async (req, res) => {
    const { name } = req.params
    const kept = (await store.definitions()).find(({ definition }) => definition.name === name)
    if (kept?.isBuiltIn || name === CLIENT.name)
      return void sendProblem(res, { kind: 'taken', detail: 'This definition is built in and stays.' })
    if (await store.removeDefinition(name)) res.status(204).end()
    else noDefinition(res)
  })
  router.post('/definitions/:name/rebuild', async (req, res) => {
    const { name } = req.params
    if (!(await store.rebuildDefinition(name))) return noDefinition(res, ' that can be told anew')
    const kept = (await store.definitions()).find(({ definition }) => definition.name === name)
    res.json(definitionObject(kept!))
  })
  return router
}

function noDefinition(res: Response, which = ''): void {
  sendProblem(res, {
    kind: 'not_found',
    detail: `There is no definition of this name${which}.`,
  })
}

function definitionObject({ definition, earlier, ...kept }: KeptDefinition) {
  const versions = earlier.map((each) => ({ version: each.version, ...definitionJson(each.definition) }))
  return { name: definition.name, ...definitionJson(definition), ...kept, earlier: versions }
}

/** `client` is told as events are stored, so it is always ready. */
const CLIENT_OBJECT = definitionObject({
  definition: CLIENT,
  version: 1,
  earlier: [],
  isBuiltIn: true,
  status: 'ready',
  progress: 1,
})

function parseGapsQuery(parameters: URLSearchParams) {
  const parsed = parseParameters<GivenGaps>(parameters, GAPS_PARAMETERS)
  if (!parsed.ok) return parsed
  const { scope = 'visitor', source, from, to } = parsed.values
  const query: GapsQuery = { scope, days: { from, to }, ...(source !== undefined && { source }) }
  return { ok: true, query } as const
}

function parseComparison(parameters: URLSearchParams) {
  const parsed = parseParameters<GivenComparison>(parameters, COMPARE_PARAMETERS)
  if (!parsed.ok) return parsed
  const defaults: GivenComparison = { first: 'client', second: 'visits', examples: DEFAULT_EXAMPLES }
  return { ok: true, query: { ...defaults, ...parsed.values } } as const
}
