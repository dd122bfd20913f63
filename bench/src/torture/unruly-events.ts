import type { WireEvent } from '@sojourn/protocol'
import { CONTEXTS, contextOf } from '../contexts.ts'
import type { Random } from '../random.ts'
import type { DrawnBatch } from '../senders.ts'

/** So many visits carry a session id that belongs to someone else. */
const BORROWED = 0.03
/** So many visitors come by a server that knows no sessions. */
const UNSTAMPED = 0.15
/** So many visitors' clocks tick in whole seconds, so that their events tie. */
const COARSE = 0.1
/** So many people there are behind the visitors that are known by a user id. */
const PEOPLE = 60

/**
 * Makes drawn events, given in the order of time, harder to tell: stamps that are missing or another visitor's, events at the same millisecond,
 * people with several devices, senders that know a user and no visitor. Returns new events in the same order; ids stay.
 */
export function makeUnruly(events: readonly WireEvent[], random: Random): readonly WireEvent[] {
  const kinds = new Map<
    string,
    { readonly unstamped: boolean; readonly coarse: boolean; readonly userOnly: boolean }
  >()
  const stamps = new Map<string, WireEvent['session']>()
  const recent: string[][] = CONTEXTS.map(() => [])
  return events.map((event) => {
    const { session, tab: _tab, seq: _seq, visitorId, userId, ...rest } = event
    const kind = kinds.get(visitorId!) ?? {
      unstamped: random() < UNSTAMPED,
      coarse: random() < COARSE,
      userOnly: userId !== undefined && random() < 0.5,
    }
    kinds.set(visitorId!, kind)
    const person = userId === undefined ? undefined : `u-${Number(userId.slice(2)) % PEOPLE}`
    const who =
      kind.unstamped && kind.userOnly
        ? { userId: person! }
        : { visitorId: visitorId!, ...(person && { userId: person }) }
    const lane = recent[contextOf(visitorId!)]!
    if (!stamps.has(session!.id)) {
      const borrowed = random() < BORROWED ? lane[Math.floor(random() * lane.length)] : undefined
      stamps.set(session!.id, borrowed === undefined ? session : { ...session!, id: borrowed })
      lane.push(session!.id)
    }
    return {
      ...rest,
      ...who,
      time: kind.coarse ? Math.floor(event.time / 1_000) * 1_000 : event.time,
      ...(kind.unstamped ? {} : { session: stamps.get(session!.id)! }),
    }
  })
}

/** One event of every session whose id others carry too, sent by the visitor whose it is. `events` are in the order of time. */
export function firstOfEachShared(events: readonly WireEvent[]): readonly WireEvent[] {
  const owners = new Map<string, { readonly event: WireEvent; shared: boolean }>()
  for (const event of events) {
    const id = event.session?.id
    if (id === undefined) continue
    const owner = owners.get(id)
    if (owner === undefined) owners.set(id, { event, shared: false })
    else if (owner.event.visitorId !== event.visitorId) owner.shared = true
  }
  return [...owners.values()].filter(({ shared }) => shared).map(({ event }) => event)
}

/** The events in an order that has nothing to do with their times, some of them several times, as batches of one device each. */
export function shuffledSenders(
  events: readonly WireEvent[],
  random: Random,
): { next(size: number): DrawnBatch | undefined } {
  const again = events.filter(() => random() < 0.1)
  const lanes: WireEvent[][] = CONTEXTS.map(() => [])
  for (const event of [...events, ...again]) lanes[contextOf(event.visitorId ?? event.userId!)]!.push(event)
  for (const lane of lanes) shuffle(lane, random)
  return {
    next(size) {
      const left = lanes.flatMap((lane, i) => (lane.length > 0 ? [i] : []))
      if (left.length === 0) return undefined
      const i = left[Math.floor(random() * left.length)]!
      const sent = lanes[i]!.splice(0, size)
      return { context: CONTEXTS[i]!, events: sent, fresh: sent.length }
    },
  }
}

function shuffle(items: WireEvent[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = items[i]!
    items[i] = items[j]!
    items[j] = item
  }
}
