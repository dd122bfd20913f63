import { fc, test as propertyTest } from '@fast-check/vitest'
import { validate, version } from 'uuid'
import { describe, expect, test } from 'vitest'
import { derivedId, shortHash } from './derived-id.ts'
import { sessionId } from './session-rule.ts'

/** The id as 128 bits. */
const bitsOf = (id: string) =>
  [...id.replaceAll('-', '')].flatMap((digit) => [8, 4, 2, 1].map((bit) => +!!(parseInt(digit, 16) & bit)))

/** Seeded, so that the figures below are the same at each run: a linear congruential generator (Numerical Recipes). */
function visitors(count: number): string[] {
  let seed = 42
  const word = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0)
  return Array.from({ length: count }, () => derivedId(`${word()},${word()},${word()},${word()}`))
}

describe('a derived id', () => {
  propertyTest.prop([fc.string({ unit: 'binary', maxLength: 300 })])(
    'is a UUIDv8, the same each time',
    (text) => {
      const id = derivedId(text)
      expect(validate(id) && version(id)).toBe(8)
      expect(derivedId(text)).toBe(id)
    },
  )

  propertyTest.prop([fc.uniqueArray(fc.string({ maxLength: 300 }), { minLength: 2, maxLength: 2 })])(
    'differs by every letter, also in long texts',
    ([one, other]) => {
      expect(derivedId(one!)).not.toBe(derivedId(other!))
    },
  )

  test('of 400 visitors with 500 sessions each meets no other, not even in half of its bits', () => {
    const halves = new Set<string>()
    for (const visitor of visitors(400))
      for (let n = 1; n <= 500; n++) {
        const id = sessionId(visitor, n)
        halves.add(id.slice(0, 18))
        halves.add(id.slice(18))
      }
    expect(halves.size).toBe(400_000)
  })

  test.each([
    ['of the number', (visitor: string, i: number) => [visitor + i, visitor + (i + 1)]],
    [
      'in the visitor',
      (visitor: string) => [`${visitor}7`, `${visitor.replace(/^./, (a) => (a === '0' ? '1' : '0'))}7`],
    ],
  ])('changes half of its bits with one digit %s', (_, pair) => {
    const flips = Array<number>(128).fill(0)
    for (const [i, visitor] of visitors(2_000).entries()) {
      const [one, other] = pair(visitor, i).map((text) => bitsOf(derivedId(text)))
      one!.forEach((bit, at) => (flips[at]! += +(bit !== other![at])))
    }
    const free = flips.filter((_, at) => (at < 48 || at > 51) && at !== 64 && at !== 65)
    for (const count of free) expect(Math.abs(count / 2_000 - 0.5)).toBeLessThan(0.06)
  })

  test('tells nothing of the visitor by its own digits', () => {
    for (const visitor of visitors(200))
      expect(sessionId(visitor, 1).slice(0, 8)).not.toBe(visitor.slice(0, 8))
  })
})

propertyTest.prop([fc.string({ unit: 'binary' })])('a short hash is 8 digits and the same again', (text) => {
  expect(shortHash(text)).toMatch(/^[\da-f]{8}$/)
  expect(shortHash(text)).toBe(shortHash(text))
})
