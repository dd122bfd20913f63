import { setTimeout as sleep } from 'node:timers/promises'
import type { WireEvent } from '@sojourn/protocol'
import { openConnection } from '../load/connection.ts'
import type { Connection } from '../load/connection.ts'
import type { Answer } from '../load/answer-reader.ts'
import { prepareRequest, stampSentAt } from '../load/request.ts'
import { startWithSource, WRITE_KEY } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import { createSenders } from '../senders.ts'
import { countUp } from './count-up.ts'
import type { Scenario } from './scenario.ts'

const BATCHES = { full: 3_000, short: 400 }
const SENDERS = 8
const MOST_EVENTS = 40
/** Each batch loses its answer this often at most before it gets one. */
const MOST_LOSSES = 4
/** The client resets up to this long after it has sent: some before the body is read, some in the commit, some with the answer on its way. */
const LONGEST_WAIT_MS = 8

/** Every answer is lost at least once: the client sends a whole request, resets the connection, and sends the same again. */
export const lostAnswers: Scenario = {
  name: 'every answer lost, every request repeated',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const place = { folder, port: await freePort() }
    const collector = await startWithSource(place)
    const senders = createSenders(seed, { liveVisits: 500, startAt: 1_750_000_000_000 })
    const acknowledged = new Set<string>()
    const events: WireEvent[] = []
    let left = short ? BATCHES.short : BATCHES.full
    let lost = 0
    let unheard = 0
    let recognised = 0

    async function sendAll(): Promise<void> {
      while (left-- > 0) {
        const batch = senders.next(1 + Math.floor(random() * MOST_EVENTS))
        events.push(...batch.events)
        const { bytes, ...rest } = prepareRequest(WRITE_KEY, batch.context, batch.events, batch.fresh)
        for (let i = 1 + Math.floor(random() * MOST_LOSSES); i > 0; i--) {
          stampSentAt({ bytes, ...rest }, Date.now())
          if (!(await sendAndVanish(place.port, bytes, random() * LONGEST_WAIT_MS))) unheard++
          lost++
        }
        const connection = openConnection(place.port)
        const answer = await send(connection, bytes)
        connection.reset()
        if (answer?.status !== 200)
          throw new Error(`a repeated request was answered ${answer?.status}: ${answer?.body.toString()}`)
        recognised += (JSON.parse(answer.body.toString()) as { duplicates: number }).duplicates
        for (const event of batch.events) acknowledged.add(event.id)
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, sendAll))
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged,
      events: distinct(events),
    })
    await collector.stop()
    return {
      counts: {
        'resets before the answer': unheard,
        'resets in all': lost,
        'events recognised': recognised,
        ...count,
      },
      failures: [
        ...failures,
        ...(recognised === 0
          ? ['no repeated event was recognised: the resets come too early to try anything']
          : []),
      ],
    }
  },
}

/** Sends, waits, and resets. Resolves to whether the answer came before that. */
async function sendAndVanish(port: number, bytes: Buffer, waitMs: number): Promise<boolean> {
  const connection = openConnection(port)
  let answered = false
  connection.send(bytes, (answer) => (answered = answer !== undefined))
  await sleep(waitMs)
  const inTime = answered
  connection.reset()
  return inTime
}

function send(connection: Connection, bytes: Buffer): Promise<Answer | undefined> {
  return new Promise((resolve) => connection.send(bytes, resolve))
}

function distinct(events: readonly WireEvent[]): readonly WireEvent[] {
  return [...new Map(events.map((event) => [event.id, event])).values()]
}
