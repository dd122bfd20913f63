import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createGapCells } from './gap-summary.ts'
import type { GapCells } from './gap-summary.ts'
import { equalDensityCut, fitMixture } from './normal-mixture.ts'
import type { Component, Mixture } from './normal-mixture.ts'
import { suggestTimeout } from './suggest-timeout.ts'
import { inWords } from './suggestion-text.ts'
import { TIMEOUT_GRID_MS, cellOf } from './timeout-grid.ts'

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function cellsOfGaps(gapsMs: readonly number[]): GapCells {
  const cells = createGapCells()
  for (const gapMs of gapsMs) cells.before[cellOf(gapMs)]! += 1
  return cells
}

/** Gaps drawn from normal curves over log2 seconds (Box and Muller). */
function draw(components: readonly Component[], count: number, seed = 1): number[] {
  const random = createRandom(seed)
  return components.flatMap(({ mean, sd, weight }) =>
    Array.from({ length: Math.round(count * weight) }, () => {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      return 1_000 * 2 ** (mean + sd * normal)
    }),
  )
}

const DESKTOP: Mixture = [
  { mean: 5.5, sd: 2.6, weight: 0.75 },
  { mean: 15.7, sd: 2.5, weight: 0.25 },
]
const minutesAt = (mixture: Mixture) => 2 ** equalDensityCut(mixture)! / 60

describe('equalDensityCut', () => {
  test('cuts the printed parameters of Wikipedia’s desktop pages at 44.3 minutes', () => {
    expect(minutesAt(DESKTOP)).toBeCloseTo(44.3, 1)
  })

  test.prop([
    fc.double({ min: 2, max: 7, noNaN: true }),
    fc.double({ min: 11, max: 18, noNaN: true }),
    fc.double({ min: 0.5, max: 2, noNaN: true }),
    fc.double({ min: 0.2, max: 0.8, noNaN: true }),
  ])('lies where both are equally likely', (low, high, sd, weight) => {
    const mixture: Mixture = [
      { mean: low, sd, weight },
      { mean: high, sd, weight: 1 - weight },
    ]
    // With equal widths the answer has a closed form.
    const exact = (low + high) / 2 + (sd * sd * Math.log(weight / (1 - weight))) / (high - low)
    expect(equalDensityCut(mixture)!).toBeCloseTo(exact, 6)
  })

  test('is nowhere when one component outweighs the other all the way', () => {
    expect(
      equalDensityCut([
        { mean: 5, sd: 3, weight: 0.99 },
        { mean: 6, sd: 3, weight: 0.01 },
      ]),
    ).toBeUndefined()
  })
})

describe('fitMixture', () => {
  test.each<[string, Mixture]>([
    ['desktop pages', DESKTOP],
    [
      'quick games',
      [
        { mean: 3, sd: 1, weight: 0.9 },
        { mean: 14, sd: 2, weight: 0.1 },
      ],
    ],
    [
      'slow work',
      [
        { mean: 9, sd: 1.5, weight: 0.4 },
        { mean: 16.5, sd: 1, weight: 0.6 },
      ],
    ],
  ])('finds the parameters that %s were drawn from', (_, truth) => {
    const cells = cellsOfGaps(draw(truth, 200_000).filter((gap) => gap >= 1_000))
    const edges = TIMEOUT_GRID_MS.map((timeout) => Math.log2(timeout / 1_000))
    const values = edges.slice(1).map((edge, i) => (edge + edges[i]!) / 2)
    const fitted = fitMixture(
      { values, counts: [...cells.before.subarray(1, values.length + 1)] },
      [5, 9, 13],
      0.3,
    )!
    fitted.forEach((component, i) => {
      // What falls under a second or over 30 days is cut off, which shifts the wide desktop curves a little.
      expect(Math.abs(component.mean - truth[i]!.mean)).toBeLessThan(0.15)
      expect(Math.abs(component.sd - truth[i]!.sd)).toBeLessThan(0.25)
      expect(Math.abs(component.weight - truth[i]!.weight)).toBeLessThan(0.02)
    })
  })

  test('takes the best of its first guesses', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 5)
    const hump = (mean: number) => (value: number) =>
      Math.round(1_000 * Math.exp(-((value - mean) ** 2) / 0.5))
    const humps = [3, 7, 16].map(hump)
    const histogram = {
      values,
      counts: values.map((value) => humps.reduce((sum, each) => sum + each(value), 0)),
    }
    // Three humps: either the upper two or the lower two are taken as one, and the lower two lie closer together.
    expect(fitMixture(histogram, [5], 0.3)![0].mean).toBeCloseTo(3, 0)
    const best = fitMixture(histogram, [12], 0.3)
    expect(best![0].mean).toBeCloseTo(5, 0)
    expect(fitMixture(histogram, [5, 12], 0.3)).toEqual(best)
    expect(fitMixture(histogram, [12, 5], 0.3)).toEqual(best)
  })

  test('has no answer for one value alone', () => {
    expect(fitMixture({ values: [1, 2, 3], counts: [0, 900, 0] }, [0, 2, 5], 0.3)).toBeUndefined()
  })
})

describe('suggestTimeout', () => {
  test('cuts between visits as they were drawn, says how sure it is, and what it means', () => {
    const suggestion = suggestTimeout(
      cellsOfGaps(
        draw(
          [
            { mean: 4, sd: 1.2, weight: 0.8 },
            { mean: 15, sd: 1.5, weight: 0.2 },
          ],
          50_000,
        ),
      ),
    )
    expect(suggestion).toMatchObject({ verdict: 'found', gaps: expect.closeTo(50_000, -2) as number })
    if (suggestion.verdict !== 'found') return
    // Equal densities by hand: about 2^9.0 seconds.
    expect(suggestion.timeoutMs / 60_000).toBeGreaterThan(7)
    expect(suggestion.timeoutMs / 60_000).toBeLessThan(11)
    expect(suggestion.quality).toBeGreaterThan(0.97)
    expect(suggestion.valley).toBeGreaterThan(0.9)
    // 2^(4 + 1.28 * 1.2) seconds
    expect(suggestion.ninetyPercentMs / 1_000).toBeGreaterThan(42)
    expect(suggestion.ninetyPercentMs / 1_000).toBeLessThan(56)
    expect(suggestion.sentence).toMatch(
      /^90 % of pauses inside a visit are shorter than \d+ seconds\. After [\d.]+ minutes of silence .+ good: it accounts for \d+ % of all pauses\.$/,
    )
  })

  test('finds Wikipedia’s desktop timeout again in gaps drawn from its parameters', () => {
    const suggestion = suggestTimeout(cellsOfGaps(draw(DESKTOP, 200_000)))
    expect(suggestion.verdict).toBe('found')
    if (suggestion.verdict === 'found')
      expect(Math.abs(Math.log2(suggestion.timeoutMs / 60_000 / 44.3))).toBeLessThan(0.25)
  })

  test.each<[string, () => number[]]>([
    ['one hump', () => draw([{ mean: 9, sd: 2.5, weight: 1 }], 20_000)],
    [
      'two humps that run into each other',
      () =>
        draw(
          [
            { mean: 7, sd: 2, weight: 0.5 },
            { mean: 10, sd: 2, weight: 0.5 },
          ],
          20_000,
        ),
    ],
    [
      'pauses spread evenly over all scales',
      () => {
        const random = createRandom(7)
        return Array.from({ length: 20_000 }, () => 1_000 * 2 ** (random() * 21))
      },
    ],
    [
      'random arrivals (exponential)',
      () => {
        const random = createRandom(3)
        return Array.from({ length: 20_000 }, () => -600_000 * Math.log(1 - random()))
      },
    ],
    ['a heartbeat', () => Array.from({ length: 20_000 }, () => 15_000)],
    [
      'a heartbeat and a few outliers',
      () => [
        ...Array.from({ length: 20_000 }, () => 15_000),
        ...Array.from({ length: 20 }, () => 86_400_000),
      ],
    ],
  ])('says that there is no clear valley: %s', (_, gaps) => {
    const suggestion = suggestTimeout(cellsOfGaps(gaps()))
    expect(suggestion.verdict).toBe('no-valley')
    expect(suggestion.sentence).toContain('no clear valley')
  })

  test('says when there are too few', () => {
    const gaps = draw(DESKTOP, 520).filter((gap) => gap >= 1_000 && gap < 30 * 86_400_000)
    expect(suggestTimeout(cellsOfGaps(gaps.slice(0, 499)))).toEqual({
      verdict: 'too-few',
      gaps: 499,
      sentence: expect.stringContaining('Too few pauses to tell: 499') as string,
    })
    expect(suggestTimeout(cellsOfGaps(gaps.slice(0, 500))).verdict).not.toBe('too-few')
    expect(suggestTimeout(createGapCells()).verdict).toBe('too-few')
  })
})

test.each([
  [1_000, '1 second'],
  [89_000, '89 seconds'],
  [2_760_000, '46 minutes'],
  [5_400_000, '1.5 hours'],
  [172_800_000, '2 days'],
])('%i ms is %s', (durationMs, words) => {
  expect(inWords(durationMs)).toBe(words)
})
