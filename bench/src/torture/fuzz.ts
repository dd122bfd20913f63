import fc from 'fast-check'
import { header } from '../load/answer-reader.ts'
import { ask, askJson } from '../process/ask.ts'
import { ADMIN_TOKEN, startWithSource } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createSenders } from '../senders.ts'
import type { Foreign } from './fuzz-bodies.ts'
import { fuzzRequests, toBytes } from './fuzz-requests.ts'
import type { FuzzRequest } from './fuzz-requests.ts'
import { openRawSocket } from './raw-socket.ts'
import type { Scenario } from './scenario.ts'

const SECONDS = { full: 120, short: 12 }
const ANSWER_MS = 5_000
const OTHERS_EVERY = 100
const OTHERS_KEY = 'pk_others'

/** Everything but 500, 502 and the like. 501 is Node's answer to methods and encodings it does not know. */
const EXPECTED = new Set([
  200, 201, 204, 206, 301, 304, 308, 400, 401, 403, 404, 405, 406, 408, 409, 411, 412, 413, 414, 415, 416,
  417, 429, 431, 501, 503,
])

/** Random requests over the whole API: no 500, no hang, no answer that others would get differently afterwards. */
export const fuzz: Scenario = {
  name: 'HTTP fuzzer over the whole API',
  async run({ folder, seed, short }) {
    // Each request names a client of its own, or the limit on wrong tokens would soon answer for all that is behind it.
    const place = { folder, port: await freePort(), env: { SOJOURN_TRUST_PROXY: '1' } }
    const collector = await startWithSource(place)
    const foreign = await settleOthers(place.port, seed)
    const before = await readOthers(place.port)
    const statuses: Record<string, number> = {}
    let requests = 0

    async function tryOne(request: FuzzRequest): Promise<void> {
      requests++
      const status = await answerTo(place.port, request)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (requests % OTHERS_EVERY === 0 && (await readOthers(place.port)) !== before)
        throw new Error(`the answer of others has changed within the last ${OTHERS_EVERY} requests`)
    }
    const found = await fc.check(fc.asyncProperty(fuzzRequests(foreign), tryOne), {
      seed,
      numRuns: 1_000_000,
      interruptAfterTimeLimit: (short ? SECONDS.short : SECONDS.full) * 1_000,
      markInterruptAsFailure: false,
    })
    const unchanged = (await readOthers(place.port)) === before
    await collector.stop()
    return {
      counts: {
        requests,
        ...Object.fromEntries(
          Object.entries(statuses).map(([status, count]) => [`answered ${status}`, count]),
        ),
      },
      failures: [
        ...(found.failed ? [explain(found)] : []),
        ...(unchanged ? [] : ['the answer of others has changed']),
        ...((statuses['200'] ?? 0) > 0
          ? []
          : ['nothing was answered 200: the requests are too wrong to try anything']),
      ],
    }
  },
}

/** Sends it, and checks its answer. Returns the status, or 'cut' where the connection was closed without one, as a malformed request deserves. */
async function answerTo(port: number, request: FuzzRequest): Promise<string> {
  const headsOnly = request.method === 'HEAD' || request.target.includes('/live')
  const socket = openRawSocket(port, headsOnly)
  socket.write(toBytes(request))
  await socket.waitFor(1, ANSWER_MS)
  const answer = socket.answers.find(({ status }) => status >= 200)
  const hangs = answer === undefined && !socket.isClosed
  socket.destroy()
  if (hangs) throw new Error(`no answer within ${ANSWER_MS} ms`)
  if (answer === undefined) return 'cut'
  if (!EXPECTED.has(answer.status))
    throw new Error(`answered ${answer.status}: ${answer.body.toString().slice(0, 500)}`)
  const location = header(answer.head, 'location')
  // Nobody may be sent from here to a place of the sender's choice.
  if (location !== undefined && request.target.startsWith('/') && !/^\/([^/\\]|$)/.test(location))
    throw new Error(`redirected to ${location}`)
  const broken = answer.head
    .split('\r\n')
    .slice(1)
    .find((line) => !/^[\w-]+: /.test(line) || line.startsWith('X-Injected'))
  if (broken !== undefined)
    throw new Error(`the answer has a line that is no header of ours: ${JSON.stringify(broken)}`)
  if (answer.head.includes('application/problem+json') && !headsOnly)
    checkProblem(answer.body.toString(), answer.status)
  return String(answer.status)
}

function checkProblem(body: string, status: number): void {
  const problem = JSON.parse(body) as { status?: unknown; title?: unknown; detail?: unknown }
  if (problem.status !== status || typeof problem.title !== 'string')
    throw new Error(`not a problem of status ${status}: ${body}`)
  // In JSON, the lines of a stack are behind a backslash and an n.
  if (/SQLITE|node_modules|file:\/\/\/|\\n +at /.test(body))
    throw new Error(`a problem shows the inside: ${body}`)
}

/** Another source with its own events, which nothing the fuzzer does may change. */
async function settleOthers(port: number, seed: number): Promise<Foreign> {
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' }
  const source = JSON.stringify({ name: 'Others', type: 'docs', writeKey: OTHERS_KEY })
  await askJson({ port, path: '/v1/sources', method: 'POST', headers, body: source })
  const { events } = createSenders(seed, { liveVisits: 30, startAt: 1_717_000_000_000 }).next(300)
  const body = JSON.stringify({ writeKey: OTHERS_KEY, sentAt: 1_717_003_600_000, events })
  await askJson({ port, path: '/v1/events', method: 'POST', headers: { 'Content-Type': 'text/plain' }, body })
  return {
    writeKey: OTHERS_KEY,
    eventIds: events.slice(0, 20).map(({ id }) => id),
    sessionIds: [...new Set(events.map(({ session }) => session!.id))].slice(0, 20),
  }
}

/** What others read: their sessions and events, in one text. */
async function readOthers(port: number): Promise<string> {
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
  const replies = await Promise.all(
    ['/v1/sessions?source=Others&limit=500', '/v1/events?source=Others&limit=500', '/readyz'].map((path) =>
      ask({ port, path, headers }),
    ),
  )
  return replies.map(({ status, text }) => `${status} ${text}`).join('\n')
}

function explain(found: fc.RunDetails<[FuzzRequest]>): string {
  const [request] = found.counterexample ?? []
  const cause =
    found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance)
  const bytes = request === undefined ? '' : toBytes(request).subarray(0, 1_500).toString()
  return `${cause}\n      seed ${found.seed}, after ${found.numRuns} requests, shrunk ${found.numShrinks} times to\n      ${JSON.stringify(bytes)}`
}
