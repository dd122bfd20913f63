import { expect, test } from 'vitest'
import { parseBatch } from '@sojourn/protocol'
import { createRandom } from './random.ts'
import { drawVisits } from './visits.ts'
import type { DrawnEvent } from './visits.ts'

const startAt = 1_717_000_000_000

function take(count: number, seed = 1): DrawnEvent[] {
  const visits = drawVisits(createRandom(seed), { liveVisits: 300, startAt })
  return Array.from({ length: count }, () => visits.next().value)
}

test('the same seed draws the same traffic, another seed other traffic', () => {
  expect(take(500)).toEqual(take(500))
  expect(take(5, 2)).not.toEqual(take(5))
})

test('every drawn event is a valid one, in the order of time, with an id of its own', () => {
  const events = take(5_000).map((drawn) => drawn.event)
  for (let i = 0; i < events.length; i += 500) {
    const batch = { writeKey: 'pk', sentAt: events.at(-1)!.time, events: events.slice(i, i + 500) }
    expect(parseBatch(batch, { receivedAt: batch.sentAt })).toMatchObject({ ok: true, rejected: [] })
  }
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
  expect(events.every((event, i) => i === 0 || event.time >= events[i - 1]!.time)).toBe(true)
})

test('visits are as the description says', () => {
  const drawn = take(60_000)
  const perSession = new Map<string, DrawnEvent[]>()
  for (const item of drawn) {
    const id = item.event.session!.id
    perSession.set(id, [...(perSession.get(id) ?? []), item])
  }
  // The last visits are cut off by the end of the sample, so the mean is taken over those that began in its first half.
  const begun = [...perSession.values()].filter((visit) => visit[0]!.event.time < drawn[30_000]!.event.time)
  expect(begun.reduce((sum, visit) => sum + visit.length, 0) / begun.length).toBeGreaterThan(7)
  expect(begun.reduce((sum, visit) => sum + visit.length, 0) / begun.length).toBeLessThan(9.5)
  expect(drawn.filter(({ retry }) => retry).length / drawn.length).toBeCloseTo(0.01, 2)
  expect(drawn.filter(({ late }) => late).length / drawn.length).toBeCloseTo(0.01, 2)
  const returning = begun.filter((visit) => visit[0]!.event.session!.number! > 1)
  expect(returning.length / begun.length).toBeGreaterThan(0.25)
})
