import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { pathTree, shownNodes } from './path-tree.ts'

interface Row {
  readonly steps: readonly string[]
  readonly sessions: number
}

/** A row for each part of the paths, as the API answers them. */
function partsOf(paths: readonly Row[]): readonly Row[] {
  const counts = new Map<string, number>()
  for (const { steps, sessions } of paths)
    for (let length = 1; length <= steps.length; length++) {
      const key = JSON.stringify(steps.slice(0, length))
      counts.set(key, (counts.get(key) ?? 0) + sessions)
    }
  return [...counts].map(([key, sessions]) => ({ steps: JSON.parse(key) as string[], sessions }))
}

test('sessions that begin alike share their first blocks, larger ones first', () => {
  const tree = pathTree([
    { steps: ['/'], sessions: 6 },
    { steps: ['/docs'], sessions: 4 },
    { steps: [], sessions: 9 },
    { steps: ['/', '/docs'], sessions: 2 },
    { steps: ['/', '/pricing'], sessions: 3 },
    { steps: ['/gone', '/nowhere'], sessions: 3 },
  ])
  expect(tree.map(({ step, sessions, to }) => [step, sessions, to])).toEqual([
    ['/', 6, 0.6],
    ['/docs', 4, 1],
  ])
  expect(tree[0]!.next.map(({ step, sessions, trail }) => [step, sessions, trail])).toEqual([
    ['/pricing', 3, ['/', '/pricing']],
    ['/docs', 2, ['/', '/docs']],
  ])
})

test('what is too low to be shown lies in one stretch beside its siblings, with all that follows it', () => {
  const tree = pathTree([
    { steps: ['/'], sessions: 60 },
    { steps: ['/docs'], sessions: 30 },
    { steps: ['/a'], sessions: 6 },
    { steps: ['/b'], sessions: 4 },
    { steps: ['/', '/docs'], sessions: 20 },
    { steps: ['/', '/a'], sessions: 2 },
    { steps: ['/', '/b'], sessions: 1 },
    { steps: ['/docs', '/a'], sessions: 9 },
    { steps: ['/a', '/b'], sessions: 6 },
  ])
  const { shown, rests } = shownNodes(tree, 0.1)
  expect(shown.map(({ trail }) => trail.join(' '))).toEqual(['/', '/ /docs', '/docs'])
  const percent = (share: number) => Math.round(share * 100)
  expect(rests.map(({ trail, from, to }) => [trail.join(' '), percent(from), percent(to)])).toEqual([
    ['', 90, 100],
    ['/', 20, 23],
    ['/docs', 60, 69],
  ])
})

const path = fc.record({
  steps: fc.array(fc.constantFrom('/', '/a', '__proto__', 'constructor'), { minLength: 1, maxLength: 4 }),
  sessions: fc.integer({ min: 1, max: 50 }),
})

test.prop([fc.array(path, { minLength: 1, maxLength: 20 })])(
  'blocks are as high as their share and lie in their parent',
  (paths) => {
    const rows = partsOf(paths)
    const whole = paths.reduce((sum, row) => sum + row.sessions, 0)
    const tree = pathTree(rows)
    const { shown, rests } = shownNodes(tree, 0)
    expect(shown).toHaveLength(rows.length)
    expect(rests).toEqual([])
    expect(tree.at(-1)!.to).toBeCloseTo(1)
    for (const node of shown) {
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
