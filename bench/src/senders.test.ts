import { expect, test } from 'vitest'
import { contextOf, CONTEXTS } from './contexts.ts'
import { createSenders } from './senders.ts'

const traffic = { liveVisits: 300, startAt: 1_717_000_000_000 }

test('batches have the size that was asked for, and one device each', () => {
  const senders = createSenders(1, traffic)
  for (const size of [1, 25, 25, 100, 3]) {
    const batch = senders.next(size)
    expect(batch.events).toHaveLength(size)
    expect(batch.events.map((event) => CONTEXTS[contextOf(event.visitorId!)])).toEqual(
      batch.events.map(() => batch.context),
    )
  }
})

test('about one event in a hundred comes twice, and fresh counts the others', () => {
  const senders = createSenders(2, traffic)
  const ids = new Set<string>()
  let sent = 0
  let fresh = 0
  for (let i = 0; i < 2_000; i++) {
    const batch = senders.next(25)
    sent += batch.events.length
    fresh += batch.fresh
    for (const event of batch.events) ids.add(event.id)
  }
  expect(fresh).toBe(ids.size)
  expect((sent - fresh) / sent).toBeCloseTo(0.01, 2)
})

test('late events arrive, hours after the events they happened with', () => {
  const senders = createSenders(3, { ...traffic, liveVisits: 20 })
  let newest = 0
  let late = 0
  for (let i = 0; i < 2_000; i++)
    for (const event of senders.next(25).events) {
      if (event.time < newest - 3_600_000) late++
      newest = Math.max(newest, event.time)
    }
  expect(late / 50_000).toBeGreaterThan(0.005)
})
