import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../load/answer-reader.ts'
import { prepareRequest, stampSentAt } from '../load/request.ts'
import { startWithSource, WRITE_KEY } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import { createSenders } from '../senders.ts'
import type { Senders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import { openRawSocket } from './raw-socket.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const TIMES = { full: 300, short: 40 }
const PIPELINED = 12
const ANSWER_MS = 5_000

/** What HTTP allows and few clients do: `Expect: 100-continue`, pipelining, bodies in crumbs and in chunks, leaving in the middle. */
export const oddClients: Scenario = {
  name: 'Expect: 100-continue, pipelining, crumbs, chunks, and leaving in the middle',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const place = { folder, port: await freePort() }
    const collector = await startWithSource(place)
    const traffic = { liveVisits: 200, startAt: 1_750_000_000_000 }
    const senders = createSenders(seed, traffic)
    const acknowledged = new Set<string>()
    const times = short ? TIMES.short : TIMES.full
    let wrong = 0
    for (let i = 0; i < times; i++) {
      await leaveInTheMiddle(place.port, senders, { share: random(), acknowledged })
      for (const way of [expectContinue, pipeline, inCrumbs, inChunks])
        if (!(await way(place.port, senders, acknowledged))) wrong++
    }
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged,
      events: redraw(seed, traffic),
    })
    await collector.stop()
    return {
      counts: { 'odd requests': times * (4 + PIPELINED), ...count },
      failures: [
        ...failures,
        ...failuresOf({
          [`${wrong} odd but right requests were not answered as they should be`]: wrong === 0,
        }),
      ],
    }
  },
}

/** Whether the odd request was answered as HTTP says. What was acknowledged is noted. */
type OddWay = (port: number, senders: Senders, acknowledged: Set<string>) => Promise<boolean>

const expectContinue: OddWay = async (port, senders, acknowledged) => {
  const { head, body, ids } = draw(senders)
  const socket = openRawSocket(port)
  socket.write(head.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n'))
  await socket.waitFor(1, ANSWER_MS)
  const allowed = socket.answers[0]?.status === 100
  socket.write(body)
  await socket.waitFor(2, ANSWER_MS)
  socket.destroy()
  return allowed && note(socket.answers[1], ids, acknowledged)
}

/** Answers must come in the order of the requests: each tells by its counts which one it answers. */
const pipeline: OddWay = async (port, senders, acknowledged) => {
  const requests = Array.from({ length: PIPELINED }, (_, i) => draw(senders, 1 + (i % 5)))
  const socket = openRawSocket(port)
  socket.write(requests.map(({ head, body }) => head + body).join(''))
  await socket.waitFor(PIPELINED, ANSWER_MS)
  socket.destroy()
  return requests.every(({ ids }, i) => note(socket.answers[i], ids, acknowledged))
}

const inCrumbs: OddWay = async (port, senders, acknowledged) => {
  const { head, body, ids } = draw(senders)
  const socket = openRawSocket(port)
  const text = head + body
  const crumb = Math.ceil(text.length / 40)
  for (let at = 0; at < text.length; at += crumb) {
    socket.write(text.slice(at, at + crumb))
    await sleep(1)
  }
  await socket.waitFor(1, ANSWER_MS)
  socket.destroy()
  return note(socket.answers[0], ids, acknowledged)
}

const inChunks: OddWay = async (port, senders, acknowledged) => {
  const { head, body, ids } = draw(senders)
  const socket = openRawSocket(port)
  socket.write(head.replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked'))
  for (let at = 0; at < body.length; at += 700) {
    const part = body.slice(at, at + 700)
    socket.write(`${part.length.toString(16)}\r\n${part}\r\n`)
  }
  socket.write('0\r\n\r\n')
  await socket.waitFor(1, ANSWER_MS)
  socket.destroy()
  return note(socket.answers[0], ids, acknowledged)
}

/** A client that goes after a part of its request. It sends all of it again, so that whatever became of the first try, it is stored once. */
async function leaveInTheMiddle(
  port: number,
  senders: Senders,
  { share, acknowledged }: { readonly share: number; readonly acknowledged: Set<string> },
): Promise<void> {
  const { head, body, ids } = draw(senders)
  const first = openRawSocket(port)
  first.write((head + body).slice(0, Math.ceil(share * (head.length + body.length))))
  await sleep(1)
  first.destroy()
  const second = openRawSocket(port)
  second.write(head + body)
  await second.waitFor(1, ANSWER_MS)
  second.destroy()
  if (!note(second.answers[0], ids, acknowledged)) throw new Error('a repeated request was not acknowledged')
}

function draw(
  senders: Senders,
  size = 7,
): { readonly head: string; readonly body: string; readonly ids: readonly string[] } {
  const batch = senders.next(size)
  const request = prepareRequest(WRITE_KEY, batch.context, batch.events, batch.fresh)
  stampSentAt(request, Date.now())
  const text = request.bytes.toString('latin1')
  const bodyAt = text.indexOf('\r\n\r\n') + 4
  return { head: text.slice(0, bodyAt), body: text.slice(bodyAt), ids: batch.events.map(({ id }) => id) }
}

/** Whether an answer acknowledges all these events and nothing else. */
function note(answer: Answer | undefined, ids: readonly string[], acknowledged: Set<string>): boolean {
  if (answer?.status !== 200) return false
  const { accepted, duplicates } = JSON.parse(answer.body.toString()) as {
    accepted: number
    duplicates: number
  }
  if (accepted + duplicates !== ids.length) return false
  for (const id of ids) acknowledged.add(id)
  return true
}
