import { validate, version } from 'uuid'
import { afterEach, expect, test, vi } from 'vitest'
import { eventId, randomId } from './random-id.ts'

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

test('an event id is a UUIDv7 of its time', () => {
  const id = eventId(1_717_055_063_243)
  expect(validate(id) && version(id)).toBe(7)
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(1_717_055_063_243)
  expect(eventId(1_717_055_063_244) > id).toBe(true)
  expect(eventId(1_717_055_063_243)).not.toBe(id)
})
