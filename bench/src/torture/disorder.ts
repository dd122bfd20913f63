import { setTimeout as sleep } from 'node:timers/promises'
import type { IngestAnswer, WireEvent } from '@sojourn/protocol'
import { askJson } from '../process/ask.ts'
import { startCollector, startWithSource, WRITE_KEY } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import { countUp, redraw } from './count-up.ts'
import { readEventIds } from './read-all.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { firstOfEachShared, makeUnruly, shuffledSenders } from './unruly-events.ts'
import { startWitness } from './witness.ts'

const EVENTS = { full: 150_000, short: 15_000 }
const RESTARTS = { full: 12, short: 4 }
const RESTART_AFTER_MS = { full: 2_000, short: 500 }
const HOUR_MS = 3_600_000
const FUTURE_EVENTS = 400

/** All events in an order that has nothing to do with their times, across restarts, and some from the future. */
export const disorder: Scenario = {
  name: 'events in any order, hours late, in the future, across restarts',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const size = short ? 'short' : 'full'
    const drawn = redraw(seed, { liveVisits: 200, startAt: 1_750_000_000_000 })
    const events = makeUnruly(
      Array.from({ length: EVENTS[size] }, () => drawn.next().value),
      random,
    )
    const place = { folder, port: await freePort() }
    let collector = await startWithSource(place)
    const prologue = firstOfEachShared(events)
    const sent = { port: place.port, seed, connections: 6, mostEvents: 50 }
    await startWitness({ ...sent, senders: shuffledSenders(prologue, random) }).done(60_000)
    const witness = startWitness({ ...sent, senders: shuffledSenders(events, random) })
    for (let i = 0; i < RESTARTS[size]; i++) {
      await sleep(random() * RESTART_AFTER_MS[size])
      await collector.stop(i % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
      collector = startCollector(place)
      await collector.ready()
    }
    await witness.done(300_000)
    const { count, failures } = await countUp({
      port: place.port,
      folder,
      acknowledged: witness.acknowledged,
      events,
      prologue,
    })
    const future = await sendFromTheFuture(place.port, events)
    await collector.stop()
    return {
      counts: {
        restarts: RESTARTS[size],
        'shared session ids': prologue.length,
        duplicates: witness.tally.duplicates,
        ...count,
        ...future,
      },
      failures: [
        ...failures,
        ...failuresOf({
          'valid events were rejected': witness.tally.rejected === 0,
          'not every event was acknowledged': count.acknowledged === events.length,
          'events of the coming two days were rejected or lost':
            future.futureAccepted === FUTURE_EVENTS && future.futureStored === FUTURE_EVENTS,
          'events from later than that were not all rejected as bad_time':
            future.farFutureRejected === FUTURE_EVENTS,
        }),
      ],
    }
  },
}

/** Sends events that are later than their own `sentAt`: by less than two days, which is a clock that was set, and by more, which is nonsense. */
async function sendFromTheFuture(port: number, events: readonly WireEvent[]) {
  const sentAt = Date.now()
  const shifted = (suffix: string, hours: (i: number) => number): WireEvent[] =>
    events.slice(0, FUTURE_EVENTS).map((event, i) => ({
      ...event,
      id: `${event.id}-${suffix}`,
      visitorId: `${suffix}-${i % 40}`,
      time: sentAt + Math.round(hours(i) * HOUR_MS),
    }))
  const send = (batch: readonly WireEvent[]): Promise<IngestAnswer> =>
    askJson({
      port,
      path: '/v1/events',
      method: 'POST',
      headers: { 'Content-Type': 'text/plain' },
      body: JSON.stringify({ writeKey: WRITE_KEY, sentAt, events: batch }),
    })
  const near = await send(shifted('near', (i) => 0.01 + (47.9 * i) / FUTURE_EVENTS))
  const far = await send(shifted('far', (i) => 48.1 + i))
  const ids = await readEventIds(port)
  return {
    futureAccepted: near.accepted,
    futureStored: ids.filter((id) => id.endsWith('-near')).length,
    farFutureRejected: far.rejected.filter(({ reason }) => reason === 'bad_time').length,
  }
}
