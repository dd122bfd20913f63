import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../process/ask.ts'
import { startWithSource } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { readMemory } from '../process/thread-cpu.ts'
import { createSenders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import { openRawSocket } from './raw-socket.ts'
import type { RawSocket } from './raw-socket.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const IDLE = { full: 5_000, short: 2_000 }
const SLOW = { full: 600, short: 200 }
const FLOODS = { full: 400, short: 60 }
/** A slow request must be cut by then: the collector's own limit is 30 s for a request, and 10 s for its head. */
const CUT_BY_MS = { full: 45_000, short: 20_000 }
const BYTE_EVERY_MS = 1_000
/** On a busy machine; it is a matter of milliseconds on a quiet one. */
const SLOWEST_ANSWER_MS = 3_000
const MOST_MEMORY_MIB = 400

/** Senders that send one byte a second, that say nothing, or that send heads without end, beside one that behaves well. */
export const slowSenders: Scenario = {
  name: 'slow senders, idle connections and header floods beside a good sender',
  async run({ folder, seed, short }) {
    const size = short ? 'short' : 'full'
    const place = { folder, port: await freePort() }
    const collector = await startWithSource(place)
    const traffic = { liveVisits: 200, startAt: 1_750_000_000_000 }
    const senders = createSenders(seed, traffic)
    const idle = Array.from({ length: IDLE[size] }, () => openRawSocket(place.port))
    const slowHeads = Array.from({ length: SLOW[size] }, () => openRawSocket(place.port))
    const slowBodies = Array.from({ length: short ? 20 : SLOW[size] }, () => openRawSocket(place.port))
    const witness = startWitness({
      port: place.port,
      senders,
      seed,
      connections: 2,
      mostEvents: 20,
      pauseMs: 5,
    })
    const trickle = startTrickle(slowHeads, slowBodies)
    const floodsRefused = await floodHeaders(place.port, FLOODS[size])
    const start = Date.now()
    await Promise.race([
      sleep(CUT_BY_MS[size]),
      Promise.all([...slowHeads, ...(short ? [] : slowBodies)].map((socket) => socket.closed)),
    ])
    const cutAfterMs = Date.now() - start
    trickle()
    const alive = (await ask({ port: place.port, path: '/healthz' })).status === 200
    const memory = readMemory(collector.pid).peak / 2 ** 20
    const stillOpen = slowHeads.filter((socket) => !socket.isClosed).length
    const bodiesOpen = slowBodies.filter((socket) => !socket.isClosed).length
    await witness.drain()
    for (const socket of [...idle, ...slowHeads, ...slowBodies]) socket.destroy()
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged: witness.acknowledged,
      events: redraw(seed, traffic),
    })
    await collector.stop()
    const { statuses, slowestMs } = witness.tally
    return {
      counts: {
        idle: idle.length,
        slow: slowHeads.length + slowBodies.length,
        'slow cut after ms': cutAfterMs,
        'header floods refused': floodsRefused,
        'memory MiB': Math.round(memory),
        'slowest good answer ms': Math.round(slowestMs),
        ...count,
      },
      failures: [
        ...failures,
        ...failuresOf({
          [`${stillOpen} senders of slow heads were not cut`]: stillOpen === 0,
          [`${bodiesOpen} senders of slow bodies were not cut`]: short || bodiesOpen === 0,
          'a header flood was not refused with 431 or 400': floodsRefused === FLOODS[size],
          'the collector does not answer any more': alive,
          [`the good sender waited ${Math.round(slowestMs)} ms`]: slowestMs < SLOWEST_ANSWER_MS,
          [`the good sender was answered ${JSON.stringify(statuses)}`]:
            Object.keys(statuses).join() === '200',
          [`the collector took ${Math.round(memory)} MiB`]: !(memory > MOST_MEMORY_MIB),
        }),
      ],
    }
  },
}

/** Heads that never end, and bodies of which a byte comes each second. Returns what stops it. */
function startTrickle(heads: readonly RawSocket[], bodies: readonly RawSocket[]): () => void {
  for (const socket of heads) socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  for (const socket of bodies)
    socket.write(
      'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 400\r\n\r\n{',
    )
  const timer = setInterval(() => {
    for (const socket of [...heads, ...bodies]) socket.write(' ')
  }, BYTE_EVERY_MS)
  return () => clearInterval(timer)
}

/** Requests with one enormous header, or thousands of them. Resolves to how many were answered 431 or 400, or cut off. */
async function floodHeaders(port: number, times: number): Promise<number> {
  let refused = 0
  for (let i = 0; i < times; i++) {
    const socket = openRawSocket(port)
    const headers = i % 2 === 0 ? `X-Big: ${'a'.repeat(200_000)}\r\n` : 'X-Many: 1\r\n'.repeat(20_000)
    socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\n${headers}\r\n`)
    await socket.waitFor(1, 5_000)
    const status = socket.answers[0]?.status
    if (status === 431 || status === 400 || (status === undefined && socket.isClosed)) refused++
    socket.destroy()
  }
  return refused
}
