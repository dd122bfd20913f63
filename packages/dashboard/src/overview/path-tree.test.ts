import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { flatten, pathTree } from './path-tree.ts'

test('sessions that begin alike share their first blocks, larger ones first', () => {
  const tree = pathTree([
    { steps: ['/', '/pricing'], sessions: 3 },
    { steps: ['/docs'], sessions: 4 },
    { steps: ['/', '/docs'], sessions: 2 },
    { steps: ['/'], sessions: 1 },
  ])
  expect(tree.map(({ step, sessions }) => [step, sessions])).toEqual([
    ['/', 6],
    ['/docs', 4],
  ])
  expect(tree[0]!.next.map(({ step, sessions, trail }) => [step, sessions, trail])).toEqual([
    ['/pricing', 3, ['/', '/pricing']],
    ['/docs', 2, ['/', '/docs']],
  ])
})

const path = fc.record({
  steps: fc.array(fc.constantFrom('/', '/a', '__proto__', 'constructor'), { minLength: 1, maxLength: 4 }),
  sessions: fc.integer({ min: 1, max: 50 }),
})

test.prop([fc.array(path, { minLength: 1, maxLength: 20 })])(
  'blocks are as high as their share and lie in their parent',
  (rows) => {
    const whole = rows.reduce((sum, row) => sum + row.sessions, 0)
    const tree = pathTree(rows)
    expect(tree.at(-1)!.to).toBeCloseTo(1)
    for (const node of flatten(tree)) {
      expect(node.to - node.from).toBeCloseTo(node.sessions / whole)
      let top = node.from
      for (const next of node.next) {
        expect(next.from).toBeCloseTo(top)
        top = next.to
      }
      expect(top).toBeLessThanOrEqual(node.to + 1e-9)
    }
  },
)
