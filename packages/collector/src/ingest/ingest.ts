import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseBatch } from '@sojourn/protocol'
import type { EpochMs, IngestAnswer, ParsedBatch } from '@sojourn/protocol'
import type { Logger } from 'pino'
import type { IngestMeter } from '../health/ingest-meter.ts'
import type { ByteRoom, RoomSeat } from '../limit/byte-room.ts'
import type { RateLimits } from '../limit/rate-limits.ts'
import { restAfter } from '../limit/rest-connection.ts'
import type { WaitingLine } from '../limit/waiting-line.ts'
import { createSeldom } from '../log-seldom.ts'
import { BUSY, STORE_UNAVAILABLE, sendProblem } from '../problem.ts'
import type { Problem } from '../problem.ts'
import { StoreUnavailable } from '../store/store.ts'
import type { CommitOutcome, Source, Store } from '../store/store.ts'
import { authenticate } from './authenticate.ts'
import { completePage } from './complete-page.ts'
import { correctTime } from './correct-time.ts'
import { allowCookies, answerPreflight, setCorsHeaders } from './cors.ts'
import { describeSender } from './describe-sender.ts'
import type { SenderRules } from './describe-sender.ts'
import type { Fact, FactContext } from './fact.ts'
import { peekWriteKey } from './peek-write-key.ts'
import { readJson } from './read-json.ts'
import { renewedCookie } from './renew-cookie.ts'
import type { CookieRenewal } from './renew-cookie.ts'
import { isSenderGone } from './sender-is-gone.ts'
import type { SourceDirectory } from './source-directory.ts'

/** What `POST /v1/events` works with. */
export interface IngestParts extends SenderRules {
  readonly store: Pick<Store, 'commit'>
  readonly sources: SourceDirectory
  readonly now: () => EpochMs
  readonly log: Logger
  readonly meter: Pick<IngestMeter, 'took' | 'refused'>
  readonly renewal: CookieRenewal
  readonly isSecure: (req: IncomingMessage) => boolean
  readonly clientKey: (req: IncomingMessage) => string | undefined
  readonly limits: RateLimits
  readonly room: ByteRoom
  readonly line: WaitingLine
}

/** Answers `POST` and `OPTIONS` of `/v1/events`. It knows nothing of Express, which would cost it five times the CPU. */
export type IngestHandler = (req: IncomingMessage, res: ServerResponse) => void

type Taken = { readonly answer: IngestAnswer } | { readonly problem: Problem } | 'gone'

/** Builds the handler of `/v1/events`. It answers each request once, never throws, and says 200 only when what it took is durable. */
export function createIngest(parts: IngestParts): IngestHandler {
  const seldom = createSeldom(() => performance.now())
  return (req, res) => {
    setCorsHeaders(req, res, parts.sources)
    if (parts.renewal !== false) allowCookies(req, res, parts.sources)
    if (req.method === 'OPTIONS') return answerPreflight(res)
    if (req.method !== 'POST')
      return void sendProblem(res, {
        kind: 'method_not_allowed',
        detail: 'Send events by POST.',
        headers: { Allow: 'POST, OPTIONS' },
      })
    const seat = parts.room.enter(parts.clientKey(req))
    take(req, seat, parts)
      .then(
        (taken) => respond(req, res, taken, parts),
        (error: unknown) => fail(res, error, { ...parts, seldom }),
      )
      .finally(() => seat.leave())
  }
}

/** The steps from a request to durable facts, in order. */
async function take(req: IncomingMessage, seat: RoomSeat, parts: IngestParts): Promise<Taken> {
  const { limits } = parts
  const receivedAt = parts.now()

  if (isSenderGone(req)) return 'gone'

  const tooMany = limits.client(req)
  if (tooMany) return { problem: tooMany }

  const read = await readJson(req, seat, (body) => refuseEarly(body, parts))
  if (read.kind !== 'json') return read.kind === 'gone' ? 'gone' : read

  const batch = parseBatch(read.value, { receivedAt, bodyBytes: read.bytes })
  if (!batch.ok) return { problem: { kind: 'not_a_batch', detail: batch.problem } }

  const sender = authenticate(batch.writeKey, req.headers.origin, parts.sources)
  if (!sender.ok) return sender

  const size = batch.events.length + batch.rejected.length
  limits.countEvents(req, size)
  const tooManyForSource = limits.source(sender.source.id, size)
  if (tooManyForSource) return { problem: tooManyForSource }

  const context = describeSender(req, batch.context, parts)
  const facts = toFacts(batch, { source: sender.source, receivedAt, context })

  const outcomes = await commit(facts, sender.source, parts)
  if (outcomes === 'busy') return { problem: BUSY }
  const { rejected, clockOffsetMs } = batch
  const { dropped = 0 } = batch.context
  parts.meter.took({
    sourceId: sender.source.id,
    receivedAt,
    facts,
    outcomes,
    rejected,
    clockOffsetMs,
    dropped,
  })
  return { answer: count(outcomes, batch) }
}

/** A batch that would have to wait too long is not worth parsing: under overload most are such. */
function refuseEarly(body: Buffer, { line, sources }: IngestParts): Problem | undefined {
  const writeKey = peekWriteKey(body)
  const source = writeKey === undefined ? undefined : sources.byWriteKey(writeKey)
  return source && line.isShut(source.id) ? BUSY : undefined
}

async function commit(
  facts: readonly Fact[],
  source: Source,
  { store, line }: IngestParts,
): Promise<readonly CommitOutcome[] | 'busy'> {
  if (facts.length === 0) return []
  const leave = line.enter(source.id, facts.length)
  if (!leave) return 'busy'
  try {
    return await store.commit(facts)
  } finally {
    leave()
  }
}

function toFacts(
  batch: ParsedBatch,
  request: { readonly source: Source; readonly receivedAt: EpochMs; readonly context: FactContext },
): Fact[] {
  const { sentAt, clockOffsetMs } = batch
  const { source, receivedAt, context } = request
  return batch.events.map(({ event }) => ({
    event: completePage(event),
    sourceId: source.id,
    time: correctTime(event.time, { sentAt, receivedAt, clockOffsetMs }),
    receivedAt,
    clockOffsetMs,
    context,
  }))
}

function count(outcomes: readonly CommitOutcome[], batch: ParsedBatch): IngestAnswer {
  const accepted = outcomes.filter((outcome) => outcome === 'stored').length
  return { accepted, duplicates: outcomes.length - accepted, rejected: batch.rejected }
}

function respond(req: IncomingMessage, res: ServerResponse, taken: Taken, parts: IngestParts): void {
  if (taken === 'gone') return void res.destroy()
  if ('problem' in taken) {
    const { kind } = taken.problem
    parts.meter.refused(kind)
    if (kind === 'unavailable' || kind === 'too_many') restAfter(res)
    const requestId = sendProblem(res, taken.problem)
    if (kind === 'internal') parts.log.error({ requestId }, taken.problem.detail)
    return
  }
  const cookie = renewedCookie(req, parts.renewal, parts.isSecure(req))
  if (cookie !== undefined) res.setHeader('Set-Cookie', cookie)
  const body = JSON.stringify(taken.answer)
  res.setHeader('Content-Type', 'application/json')
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('Content-Length', Buffer.byteLength(body))
  res.statusCode = 200
  res.end(body)
}

type Telling = Pick<IngestParts, 'log' | 'meter'> & { readonly seldom: () => number | undefined }

function fail(res: ServerResponse, error: unknown, { log, meter, seldom }: Telling): void {
  if (error instanceof StoreUnavailable) {
    meter.refused('unavailable')
    sendProblem(res, STORE_UNAVAILABLE)
    const untold = seldom()
    if (untold !== undefined) log.error({ err: error, untold }, 'the storage refuses to write')
    return
  }
  const detail =
    'The fault is ours. Nothing of the request was stored, as far as we know: send it again later.'
  meter.refused('internal')
  const requestId = sendProblem(res, { kind: 'internal', detail })
  log.error({ err: error, requestId }, 'a request to /v1/events failed')
}
