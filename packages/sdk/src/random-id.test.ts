import { validate, version } from 'uuid'
import { expect, test } from 'vitest'
import { randomId } from './random-id.ts'

test('ids are UUIDs, and never the same', () => {
  const ids = Array.from({ length: 1_000 }, randomId)
  expect(ids.every((id) => validate(id) && version(id) === 8)).toBe(true)
  expect(new Set(ids).size).toBe(1_000)
})
