import { Router, json } from 'express'
import { roleOf } from '../access/require-token.ts'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import { sendProblem } from '../problem.ts'
import { parseSource } from './parse-source.ts'

/** `GET /sources`, `POST /sources` (201, 400 with all that is wrong, 409) and `DELETE /sources/:id` (204, 404). */
export function sourcesRoutes(sources: SourceDirectory): Router {
  const router = Router()
  router.get('/sources', (_req, res) => {
    // Who may only read must not learn how to write.
    const isAdmin = roleOf(res) === 'admin'
    res.json({
      sources: sources.all().map(({ writeKey, ...rest }) => (isAdmin ? { ...rest, writeKey } : rest)),
    })
  })
  router.post('/sources', json({ limit: '64kb' }), async (req, res) => {
    const body: unknown = req.body
    if (body === undefined)
      return void sendProblem(res, { kind: 'unsupported', detail: 'Send the source as application/json.' })
    const parsed = parseSource(body)
    if (!parsed.ok)
      return void sendProblem(res, {
        kind: 'bad_source',
        detail: parsed.errors.join(' '),
        errors: parsed.errors,
      })
    if (!(await sources.add(parsed.source)))
      return void sendProblem(res, { kind: 'taken', detail: 'Another source has this write key.' })
    res.status(201).json(parsed.source)
  })
  router.delete('/sources/:id', async (req, res) => {
    if (await sources.remove(req.params.id)) res.status(204).end()
    else sendProblem(res, { kind: 'not_found', detail: 'There is no source of this id.' })
  })
  return router
}
