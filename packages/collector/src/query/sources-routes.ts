import { Router, json } from 'express'
import type { Response } from 'express'
import { roleOf } from '../access/require-token.ts'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import { sendProblem } from '../problem.ts'
import type { Source } from '../store/store.ts'
import { newWriteKey, parseSource, parseSourceChange } from './parse-source.ts'
import type { ParsedSource } from './parse-source.ts'

/**
 * `GET /sources`, `POST /sources` (201, 400 with all that is wrong, 409), `PATCH /sources/:id` (200, 400, 404), `POST /sources/:id/rotate`
 * (200, 404) and `DELETE /sources/:id` (204, 404).
 */
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
    const parsed = read(req.body, res, parseSource)
    if (!parsed) return
    if (!(await sources.add(parsed)))
      return void sendProblem(res, { kind: 'taken', detail: 'Another source has this write key.' })
    res.status(201).json(parsed)
  })
  router.patch('/sources/:id', json({ limit: '64kb' }), async (req, res) => {
    const before = sources.byId(req.params.id)
    if (!before) return noSource(res)
    const parsed = read(req.body, res, (body) => parseSourceChange(before, body))
    if (parsed) await answerChange(parsed, res)
  })
  router.post('/sources/:id/rotate', async (req, res) => {
    const before = sources.byId(req.params.id)
    if (before) await answerChange({ ...before, writeKey: newWriteKey() }, res)
    else noSource(res)
  })
  router.delete('/sources/:id', async (req, res) => {
    if (await sources.remove(req.params.id)) res.status(204).end()
    else noSource(res)
  })

  async function answerChange(source: Source, res: Response): Promise<void> {
    if (await sources.change(source)) res.json(source)
    else noSource(res)
  }
  return router
}

/** The source that a body asks for; undefined once it is answered what is wrong. */
function read(body: unknown, res: Response, parse: (body: unknown) => ParsedSource): Source | undefined {
  if (body === undefined) {
    sendProblem(res, { kind: 'unsupported', detail: 'Send the source as application/json.' })
    return undefined
  }
  const parsed = parse(body)
  if (parsed.ok) return parsed.source
  sendProblem(res, { kind: 'bad_source', detail: parsed.errors.join(' '), errors: parsed.errors })
  return undefined
}

function noSource(res: Response): void {
  sendProblem(res, { kind: 'not_found', detail: 'There is no source of this id.' })
}
