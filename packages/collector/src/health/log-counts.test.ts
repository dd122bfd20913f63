import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createIngestMeter } from './ingest-meter.ts'
import { startCountsLog } from './log-counts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('one line a minute tells what became of events in it, in numbers only', () => {
  const lines: string[] = []
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) })
  const meter = createIngestMeter(0)
  meter.refused('not_json')
  const stop = startCountsLog(meter, log)
  const text = '\u001b[31mred\r\n{"level":50}'
  meter.took({
    sourceId: text,
    receivedAt: 1,
    facts: [],
    outcomes: ['duplicate', 'duplicate'],
    rejected: [{ index: 0, id: text, reason: 'bad_name', message: text }],
    clockOffsetMs: 0,
    dropped: 0,
  })
  meter.refused('too_many')
  meter.committing(5)(true)
  meter.committing(3)
  vi.advanceTimersByTime(59_999)
  expect(lines).toEqual([])
  vi.advanceTimersByTime(60_001)
  const none = {
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    refusedRequests: 0,
    dropped: 0,
    commits: 0,
    failedCommits: 0,
  }
  const line = { level: 30, ...none, queuedEvents: 3, msg: 'counts of a minute' }
  expect(lines.map((one) => JSON.parse(one) as unknown)).toEqual([
    { ...line, duplicates: 2, rejected: 1, refusedRequests: 1, commits: 1 },
    line,
  ])
  stop()
  vi.advanceTimersByTime(600_000)
  expect(lines).toHaveLength(2)
})
