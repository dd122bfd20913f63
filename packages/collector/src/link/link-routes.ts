import type { IncomingMessage, ServerResponse } from 'node:http'
import { Router } from 'express'
import type { RequestHandler } from 'express'
import { authenticate } from '../ingest/authenticate.ts'
import { answerPreflight, setCorsHeaders } from '../ingest/cors.ts'
import { readJson } from '../ingest/read-json.ts'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import type { ByteRoom } from '../limit/byte-room.ts'
import type { RateLimits } from '../limit/rate-limits.ts'
import { sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import type { OpenLinkDesk } from './link-desk.ts'
import { hostOfVisit } from './link-token.ts'
import type { LinkRefusal } from './link-token.ts'
import { parseLinkRequest } from './parse-link-request.ts'

/** What the link routes work with. */
export interface LinkParts {
  readonly sources: SourceDirectory
  readonly openDesk: OpenLinkDesk
  readonly clientKey: (req: IncomingMessage) => string | undefined
  readonly limits: RateLimits
  readonly room: ByteRoom
}

const WHY_REFUSED: Readonly<Record<LinkRefusal, string>> = {
  forged: 'This collector did not make the token.',
  stale: 'The token is too old. A link holds for two minutes.',
  used: 'The token was brought back before. A link holds once.',
  wrong_host: 'The token is for another host.',
}

/**
 * `POST /link` answers a visit that is about to go to another of the owner's domains with the same, sealed; `POST /link/redeem` answers the
 * visit of a token, sealed or plain, once. Both as text. Both are called by pages, like `/events`: with a write key, from an origin of its source.
 */
export function linkRoutes(parts: LinkParts): Router {
  const router = Router()
  router
    .route('/link')
    .post(answering(parts, (value, req) => issue(value, req, parts)))
    .options(preflight(parts))
  router
    .route('/link/redeem')
    .post(answering(parts, (value, req) => redeem(value, req, parts)))
    .options(preflight(parts))
  return router
}

type Answer = { readonly text: string } | { readonly problem: Problem }

async function issue(value: unknown, req: IncomingMessage, parts: LinkParts): Promise<Answer> {
  const wish = parseLinkRequest(value)
  if (typeof wish === 'string') return badRequest(wish)
  const problem = whyNot(wish.writeKey, req, parts)
  if (problem) return { problem }
  if (hostOfVisit(wish.token) === undefined)
    return badRequest('token must be a visit and the host it goes to.')
  return { text: (await parts.openDesk()).issue(wish.token) }
}

async function redeem(value: unknown, req: IncomingMessage, parts: LinkParts): Promise<Answer> {
  const brought = parseLinkRequest(value)
  if (typeof brought === 'string') return badRequest(brought)
  const problem = whyNot(brought.writeKey, req, parts)
  if (problem) return { problem }
  const { origin } = req.headers
  const redeemed = (await parts.openDesk()).redeem(brought.token, (host) => isOfHost(origin, host))
  return typeof redeemed === 'string' ? refused(redeemed) : { text: redeemed.visit }
}

function whyNot(writeKey: string, req: IncomingMessage, { sources, limits }: LinkParts): Problem | undefined {
  const sender = authenticate(writeKey, req.headers.origin, sources)
  return sender.ok ? limits.source(sender.source.id, 1) : sender.problem
}

/** A page cannot write another host than its own into `Origin`. Servers send none. */
function isOfHost(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.host === host || url.hostname === host
}

function badRequest(detail: string): Answer {
  return { problem: { kind: 'bad_request', detail } }
}

function refused(reason: LinkRefusal): Answer {
  return { problem: { kind: 'link_refused', detail: WHY_REFUSED[reason], reason } }
}

function answering(
  { sources, limits, room, clientKey }: LinkParts,
  answer: (value: unknown, req: IncomingMessage) => Promise<Answer>,
): RequestHandler {
  const read = async (req: IncomingMessage): Promise<Answer | 'gone'> => {
    const problem = limits.client(req)
    if (problem) return { problem }
    const seat = room.enter(clientKey(req))
    const body = await readJson(req, seat)
    seat.leave()
    if (body.kind !== 'json') return body.kind === 'gone' ? 'gone' : body
    return answer(body.value, req)
  }
  return async (req, res) => {
    setCorsHeaders(req, res, sources)
    const answered = await read(req)
    if (answered === 'gone') return void res.destroy()
    if ('problem' in answered) return void sendProblem(res, answered.problem)
    res.setHeader('Cache-Control', 'no-store').setHeader('X-Content-Type-Options', 'nosniff')
    res.type('text/plain').send(answered.text)
  }
}

function preflight({ sources }: LinkParts): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    setCorsHeaders(req, res, sources)
    answerPreflight(res)
  }
}
