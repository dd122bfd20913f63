import { createHash } from 'node:crypto'
import { DEFAULT_TIMEOUT_MS, parseBatch } from '@sojourn/protocol'
import type { EventBatch } from '@sojourn/protocol'
import { describe, expect, test } from 'vitest'
import { SEED_SOURCES } from './acme.ts'
import { drawMonth } from './draw-month.ts'
import { parseSeedOptions } from './seed-options.ts'

const UNTIL = Date.UTC(2024, 5, 30)
const DAY_MS = 86_400_000
const month = (events: number): readonly EventBatch[] => [...drawMonth({ events, until: UNTIL })]

describe('the month', () => {
  const batches = month(8_000)
  const events = batches.flatMap((batch) => batch.events)

  test('is the same each time', () => {
    const hash = (drawn: readonly EventBatch[]): string =>
      createHash('sha256').update(JSON.stringify(drawn)).digest('hex')
    expect(hash(month(8_000))).toBe(hash(batches))
  })

  test('is as large as it was asked to be, within 30 days, and the collector takes all of it', () => {
    expect(events.length).toBeGreaterThanOrEqual(8_000)
    expect(events.length).toBeLessThan(8_500)
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    for (const { time } of events) {
      expect(time).toBeGreaterThanOrEqual(UNTIL - 30 * DAY_MS)
      expect(time).toBeLessThanOrEqual(UNTIL)
    }
    for (const batch of batches)
      expect(parseBatch(JSON.parse(JSON.stringify(batch)), { receivedAt: UNTIL })).toMatchObject({
        ok: true,
        rejected: [],
      })
  })

  test('says that a visit began by the timeout only where there was such a pause', () => {
    const lastOf = new Map<string, number>()
    for (const { session, time } of events)
      lastOf.set(session!.id, Math.max(lastOf.get(session!.id) ?? 0, time))
    const reasons = new Set<string | undefined>()
    for (const { session } of events) {
      const { startReason, previousId, startedAt } = session!
      reasons.add(startReason)
      if (startReason === 'timeout')
        expect(startedAt! - lastOf.get(previousId!)!).toBeGreaterThanOrEqual(DEFAULT_TIMEOUT_MS)
    }
    expect(reasons).toEqual(new Set(['first', 'timeout', 'closed']))
  })

  test('has what a dashboard shows: every site, people on two devices, traits, campaigns, goals', () => {
    expect(new Set(batches.map(({ writeKey }) => writeKey)).size).toBe(SEED_SOURCES.length)
    const devices = new Map<string, Set<string>>()
    for (const { userId, visitorId } of events)
      if (userId !== undefined) devices.set(userId, (devices.get(userId) ?? new Set()).add(visitorId!))
    expect([...devices.values()].filter((visitors) => visitors.size === 2).length).toBeGreaterThan(5)
    for (const name of ['demo_requested', 'checkout_started', 'identify', 'engagement'])
      expect(
        events.some((event) => event.name === name),
        name,
      ).toBe(true)
    expect(events.some(({ campaign }) => campaign?.name === 'june')).toBe(true)
    expect(events.some(({ traits }) => traits?.['company'] !== undefined)).toBe(true)
  })
})

describe('the options', () => {
  const now = UNTIL + 1_234_567
  test('name a collector or a file, and how much', () => {
    expect(parseSeedOptions(['--url', 'http://x:1/', '--token', 't', '--events', '2.5k'], now)).toEqual({
      target: { kind: 'running', url: 'http://x:1', token: 't' },
      events: 2_500,
      until: UNTIL,
    })
    expect(parseSeedOptions(['--db', 'a.db', '--until', '2024-06-01'], now)).toEqual({
      target: { kind: 'file', path: 'a.db' },
      events: 100_000,
      until: Date.UTC(2024, 5, 1),
    })
  })

  test.each([
    [[], 'Name one place'],
    [['--url', 'x', '--db', 'y'], 'Name one place'],
    [['--url', 'x'], '--token'],
    [['--db', 'x', '--events', 'many'], '--events'],
    [['--db', 'x', '--until', 'soon'], '--until'],
    [['--colour', 'red'], '--colour'],
  ])('%j is refused with what to do', (args, word) => {
    expect(parseSeedOptions(args, now)).toContain(word)
  })
})
