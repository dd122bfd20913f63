import { Router, json } from 'express'
import type { Fact } from '../ingest/fact.ts'
import { sendProblem } from '../problem.ts'
import type { QueryParts } from '../query/sessions-routes.ts'
import type { Store } from '../store/store.ts'
import { parseDefinition } from './parse-definition.ts'
import { previewDefinition } from './preview-definition.ts'

/** A preview looks at so many of the latest events, whatever the store holds: that bounds what it costs. */
export const PREVIEWED_EVENTS = 10_000
const PAGE_EVENTS = 500
/** A draft may have no name yet. */
const DRAFT_NAME = 'draft'

/** `POST /definitions/preview`: what a definition that is not stored makes of the latest events (400 with all that is wrong with it). */
export function previewRoutes({ store, sources }: Pick<QueryParts, 'store' | 'sources'>): Router {
  const router = Router()
  router.post('/definitions/preview', json({ limit: '64kb' }), async (req, res) => {
    const body: unknown = req.body
    if (body === undefined)
      return void sendProblem(res, {
        kind: 'unsupported',
        detail: 'Send the definition as application/json.',
      })
    const isNamed = typeof body === 'object' && body !== null && !Array.isArray(body)
    const parsed = parseDefinition(isNamed ? { name: DRAFT_NAME, ...body } : body, sources.all())
    if (!parsed.ok) {
      const errors = [...new Set(parsed.problems)]
      return void sendProblem(res, { kind: 'bad_definition', detail: errors.join(' '), errors })
    }
    res.json(previewDefinition(parsed.definition, await latestFacts(store), sources.all()))
  })
  return router
}

async function latestFacts(store: Store): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  let cursor: string | undefined
  do {
    const limit = Math.min(PAGE_EVENTS, PREVIEWED_EVENTS - facts.length)
    const { rows, next } = await store.events({ limit, ...(cursor !== undefined && { cursor }) })
    facts.push(...rows.map(({ fact }) => fact))
    cursor = next ?? undefined
  } while (cursor !== undefined && facts.length < PREVIEWED_EVENTS)
  return facts
}
