import { Router, json } from 'express'
import type { Response } from 'express'
import { sendProblem } from '../problem.ts'
import type { QueryParts } from '../query/sessions-routes.ts'
import type { KeptScoring } from '../store/kept-scoring.ts'
import { parseGoals, parseScoring } from './parse-scoring.ts'
import type { ParsedList } from './parse-scoring.ts'
import { rulebookJson } from './rulebook.ts'

/** A hundred rules with their properties; more is no list of rules. */
const MAX_BODY = '256kb'

/**
 * `GET` and `PUT` of `/scoring` and `/goals`. A list that is put takes the place of the one before; 400 with all that is wrong, and then
 * nothing is stored. Sessions of before are scored again in the background, which `progress` tells.
 */
export function scoringRoutes({ store }: Pick<QueryParts, 'store'>): Router {
  const router = Router()
  router.get('/scoring', async (_req, res) => {
    res.json(scoringObject(await store.scoring()))
  })
  router.put('/scoring', json({ limit: MAX_BODY }), async (req, res) => {
    const rules = accept(res, req.body, parseScoring)
    if (rules) res.json(scoringObject(await store.putScoring({ rules })))
  })
  router.get('/goals', async (_req, res) => {
    res.json(goalsObject(await store.scoring()))
  })
  router.put('/goals', json({ limit: MAX_BODY }), async (req, res) => {
    const goals = accept(res, req.body, parseGoals)
    if (goals) res.json(goalsObject(await store.putScoring({ goals })))
  })
  return router
}

/** The list of a body; undefined when it is refused, which is answered. */
function accept<Item>(
  res: Response,
  body: unknown,
  parse: (value: unknown) => ParsedList<Item>,
): readonly Item[] | undefined {
  if (body === undefined) {
    sendProblem(res, { kind: 'unsupported', detail: 'Send the rules as application/json.' })
    return undefined
  }
  const parsed = parse(body)
  if (parsed.ok) return parsed.items
  sendProblem(res, { kind: 'bad_scoring', detail: parsed.problems.join(' '), errors: parsed.problems })
  return undefined
}

function scoringObject(kept: KeptScoring) {
  return { rules: rulebookJson(kept.rulebook).rules, ...statusOf(kept) }
}

function goalsObject(kept: KeptScoring) {
  return { goals: rulebookJson(kept.rulebook).goals, ...statusOf(kept) }
}

function statusOf({ rulebook, left, of }: KeptScoring) {
  const progress = left === 0 ? 1 : Math.max(0, 1 - left / Math.max(left, of))
  return { version: rulebook.number, status: left === 0 ? 'ready' : 'scoring', progress }
}
