import type { Health } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { verdictsOf } from './verdicts.ts'

const HEALTHY: Health = {
  since: '2024-05-30T07:44:23.243Z',
  events: { accepted: 100, duplicates: 3, late: 1, dropped: 0, rejected: { bad_name: 0 } },
  rejections: [],
  refusedRequests: { unknown_write_key: 4 },
  skewedBatches: 2,
  sequenceGaps: [],
  commits: { count: 50, failed: 0, queuedEvents: 0, p50Ms: 3, p99Ms: 12 },
  storedBytes: 1,
  memoryBytes: 1,
  streams: 0,
}

test('duplicates, late events, wrong clocks and strangers are nothing to worry about', () => {
  expect(verdictsOf(HEALTHY)).toEqual([])
})

test('names what is wrong, the worst first', () => {
  const verdicts = verdictsOf({
    ...HEALTHY,
    events: { ...HEALTHY.events, dropped: 2, rejected: { bad_name: 1, bad_time: 1 } },
    sequenceGaps: [{ source: { id: 'a' }, tabs: 1, missing: 3 }],
    commits: { count: 50, failed: 1, queuedEvents: 0, p50Ms: 3, p99Ms: 900 },
  })
  expect(verdicts.map(({ mood, words }) => `${mood}: ${words}`)).toEqual([
    'bad: Commits failed: 1',
    'warn: Events rejected: 2',
    'warn: Events that have not arrived: 3',
    'warn: Events dropped by senders: 2',
    'warn: Commits are slow',
  ])
})
