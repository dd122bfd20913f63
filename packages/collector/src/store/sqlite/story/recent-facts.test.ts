import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { makeFact, NOON } from '../../../session/facts.fixture.ts'
import type { StoredFact } from './facts-reader.ts'
import { createRecentFacts } from './recent-facts.ts'

const fact = makeFact({ id: 'a', time: NOON })
const ask = fc.record({ row: fc.nat(40), limit: fc.integer({ min: 1, max: 8 }), grow: fc.nat(3) })

test.prop([fc.uniqueArray(fc.integer({ min: 1, max: 40 })), fc.array(ask, { maxLength: 30 }), fc.nat(6)])(
  'what is known after a row is what there is, without a hole',
  (rows, asks, most) => {
    const all: readonly StoredFact[] = rows.sort((a, b) => a - b).map((row) => ({ row, sourceRow: 1, fact }))
    const recent = createRecentFacts(most)
    let stored = 0
    let hits = 0
    for (const { row, limit, grow } of asks) {
      stored = Math.min(all.length, stored + grow)
      const after = (from: number, most: number) =>
        all
          .slice(0, stored)
          .filter((each) => each.row > from)
          .slice(0, most)
      const known = recent.after(row, limit)
      if (known) {
        hits++
        expect(known).toEqual(after(row, limit).slice(0, known.length))
        const last = known.at(-1)?.row ?? row
        recent.add(last, after(last, limit - known.length))
      } else recent.add(row, after(row, limit))
    }
    const again = all.slice(0, stored).at(-1)?.row
    if (hits > 0 && again !== undefined) expect(recent.after(again, 1) ?? []).toEqual([])
    recent.forget()
    expect(recent.after(0, 1)).toBeUndefined()
  },
)

test('the last ones stay known, and earlier ones go', () => {
  const recent = createRecentFacts(3)
  const stored = Array.from({ length: 10 }, (_, i) => ({ row: i + 1, sourceRow: 1, fact }))
  for (let i = 0; i < 10; i += 2) recent.add(i, stored.slice(i, i + 2))
  expect(recent.after(7, 10)).toEqual(stored.slice(7))
  expect(recent.after(0, 10)).toBeUndefined()
  expect(recent.after(10, 10)).toEqual([])
  expect(recent.after(11, 10)).toBeUndefined()
})
