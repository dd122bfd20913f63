import { validate, version } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { eventId, randomId, timeOf } from './random-id.ts'

afterEach(() => vi.unstubAllGlobals())

const onPlainHttp = () =>
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) } as Crypto)

test.each([
  ['https', () => {}],
  ['plain http', onPlainHttp],
])('ids are random UUIDs on %s', (_, arrange) => {
  arrange()
  const ids = Array.from({ length: 50 }, randomId)
  expect(ids.every((id) => validate(id) && version(id) === 4)).toBe(true)
  expect(new Set(ids).size).toBe(50)
})

test('an event id is a UUIDv7 of its time, in the order of the page', () => {
  const time = 1_717_055_063_243
  const ids = [1, 2, 4_095].map((count) => eventId(time, count))
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true)
  expect(ids.map(timeOf)).toEqual([time, time, time])
  expect([...ids].sort()).toEqual(ids)
  expect(eventId(time + 1, 1) > ids[2]!).toBe(true)
  expect(eventId(time, 1)).not.toBe(ids[0])
  expect(timeOf('garbage')).toBeNaN()
})
