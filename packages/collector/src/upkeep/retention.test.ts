import { expect, test, vi } from 'vitest'
import { makeFact } from '../session/facts.fixture.ts'
import { startTestService } from '../service.fixture.ts'
import { retentionLimit, startRetention } from './retention.ts'

const DAY_MS = 86_400_000
const NOW = Date.UTC(2024, 4, 30, 8)

test('the limit is the start of a day, and moves once a day', () => {
  expect(retentionLimit(NOW, 400 * DAY_MS)).toBe(Date.UTC(2023, 3, 26))
  expect(retentionLimit(NOW + DAY_MS - 8 * 3_600_000 - 1, 400 * DAY_MS)).toBe(Date.UTC(2023, 3, 27) - DAY_MS)
  expect(retentionLimit(-1, 0)).toBe(-DAY_MS)
})

test('what is too old goes at the start and then once a day, and a failure is tried again', async () => {
  vi.useFakeTimers()
  try {
    let now = NOW
    const asked: number[] = []
    let fails = true
    const store = {
      forgetBefore: (time: number) => {
        asked.push(time)
        return fails ? Promise.reject(new Error('disk full')) : Promise.resolve({ events: 1, sessions: 1 })
      },
    }
    const log = { info: vi.fn(), error: vi.fn() }
    const retention = startRetention({ keepMs: DAY_MS, store, now: () => now, log })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(2)
    expect(log.error).toHaveBeenCalledTimes(2)
    fails = false
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toEqual(Array(3).fill(Date.UTC(2024, 4, 29)))
    now += DAY_MS
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked.at(-1)).toBe(Date.UTC(2024, 4, 30))
    await retention.stop()
    now += DAY_MS
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(4)
  } finally {
    vi.useRealTimers()
  }
})

test('a collector that is told how long to keep events forgets the others when it starts', async () => {
  const first = await startTestService({}, () => NOW)
  const { store } = first.collector
  await store.commit([
    makeFact({ id: 'old', session: { id: 's' }, time: NOW - 3 * DAY_MS }),
    makeFact({ id: 'new', session: { id: 't' }, time: NOW }),
  ])
  await first.close()
  const second = await startTestService({ dbPath: first.dbPath, retentionMs: DAY_MS }, () => NOW)
  await vi.waitFor(async () => {
    const { events } = await second.read<{ events: { id: string }[] }>('/v1/events')
    expect(events.map(({ id }) => id)).toEqual(['new'])
  })
  await vi.waitFor(() => expect(second.logged()).toContain('"events":1,"sessions":1,"before":"2024-05-29'))
})
