import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { redraw } from './count-up.ts'
import { firstOfEachShared, makeUnruly, shuffledSenders } from './unruly-events.ts'

const drawn = redraw(3, { liveVisits: 100, startAt: 1_717_000_000_000 })
const plain = Array.from({ length: 20_000 }, () => drawn.next().value)
const unruly = makeUnruly(plain, createRandom(3))

test('events stay what they are, but for stamps, times and names', () => {
  expect(unruly.map(({ id }) => id)).toEqual(plain.map(({ id }) => id))
  const share = (has: (event: (typeof unruly)[number]) => boolean): number =>
    unruly.filter(has).length / unruly.length
  expect(share(({ session }) => session === undefined)).toBeGreaterThan(0.08)
  expect(share(({ visitorId }) => visitorId === undefined)).toBeGreaterThan(0)
  expect(unruly.every(({ visitorId, userId }) => (visitorId ?? userId) !== undefined)).toBe(true)
  const ties = new Set(unruly.filter(({ time }) => time % 1_000 === 0).map(({ time }) => time))
  expect(unruly.filter(({ time }) => ties.has(time)).length - ties.size).toBeGreaterThan(50)
})

test('shared sessions have an owner and others who carry their id', () => {
  const shared = firstOfEachShared(unruly)
  expect(shared.length).toBeGreaterThan(10)
  for (const { session, visitorId } of shared) {
    const visitors = new Set(
      unruly.filter((event) => event.session?.id === session!.id).map((event) => event.visitorId),
    )
    expect(visitors.size).toBeGreaterThan(1)
    expect([...visitors][0]).toBe(visitorId)
  }
})

test('shuffled senders send everything, some twice, in no order', () => {
  const senders = shuffledSenders(unruly, createRandom(4))
  const sent: (typeof unruly)[number][] = []
  for (let batch = senders.next(40); batch !== undefined; batch = senders.next(40)) sent.push(...batch.events)
  expect(new Set(sent.map(({ id }) => id)).size).toBe(unruly.length)
  expect(sent.length).toBeGreaterThan(unruly.length * 1.05)
  const rising = sent.filter((event, i) => i > 0 && event.time >= sent[i - 1]!.time).length
  expect(rising / sent.length).toBeGreaterThan(0.4)
  expect(rising / sent.length).toBeLessThan(0.6)
})
