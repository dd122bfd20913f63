import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { WhatIf } from '../api/definition.ts'
import { binDensity, curveDensity, gapBins, nearestIndex, shareOf } from './gap-bins.ts'

const GRID = [1_000, 2_000, 4_000, 5_000, 60_000, 1_800_000, 2_592_000_000]

/** What the API would answer for these pauses of one visitor. */
function answerFor(gapsMs: readonly number[]): readonly WhatIf[] {
  return GRID.map((timeoutMs) => {
    const sessions = 1 + gapsMs.filter((gapMs) => gapMs >= timeoutMs).length
    return { timeoutMs, sessions, bounces: 0, bounceRate: 0, totalDurationMs: 0, meanDurationMs: 0 }
  })
}

describe('the histogram', () => {
  test.prop([fc.array(fc.integer({ min: 0, max: 3e9 }))])('counts every pause in its bin', (gapsMs) => {
    for (const { fromMs, toMs, count } of gapBins(answerFor(gapsMs)))
      expect(count).toBe(gapsMs.filter((gapMs) => gapMs >= fromMs && gapMs < toMs).length)
  })

  test('has no spikes where round timeouts lie between even steps', () => {
    const grid = Array.from({ length: 60 }, (_, step) => 1_000 * 1.1 ** step)
    const timeouts = [...grid, 5_000, 30_000, 60_000]
      .sort((a, b) => a - b)
      .map((timeoutMs) => ({ timeoutMs, sessions: 1e6 - Math.round(1e5 * Math.log2(timeoutMs)) }) as WhatIf)
    const bins = gapBins(timeouts)
    const densities = bins.map((bin) => binDensity(bin, 1e6))
    expect(Math.max(...densities) / Math.min(...densities)).toBeLessThan(1.05)
    expect([bins[0]!.fromMs, bins.at(-1)!.toMs]).toEqual([1_000, timeouts.at(-1)!.timeoutMs])
    for (const [index, bin] of bins.slice(1).entries()) expect(bin.fromMs).toBe(bins[index]!.toMs)
  })

  test('is one under the curve, however wide the bins', () => {
    const bins = gapBins(answerFor([1_500, 3_000, 4_500, 10_000, 100_000, 5e8]))
    const area = bins.reduce((sum, bin) => sum + binDensity(bin, 6) * Math.log2(bin.toMs / bin.fromMs), 0)
    expect(area).toBeCloseTo(1, 10)
    expect(binDensity(bins[0]!, 0)).toBe(0)
  })

  test('has its fitted curve on the same scale', () => {
    const curve = { weight: 0.75, mean: 5.5, sd: 2.6 }
    let area = 0
    for (let x = -20; x < 40; x += 0.01) area += curveDensity(curve, 2 ** x * 1000) * 0.01
    expect(area).toBeCloseTo(0.75, 3)
  })
})

describe('a place on the axis', () => {
  const timeouts = answerFor([])
  test.prop([fc.nat(GRID.length - 1)])('leads back to its own timeout', (index) => {
    expect(nearestIndex(timeouts, shareOf(timeouts, GRID[index]!))).toBe(index)
  })

  test.prop([fc.double({ min: -1, max: 2, noNaN: true })])('is the nearest of all', (share) => {
    const found = nearestIndex(timeouts, share)
    const wanted = Math.min(1, Math.max(0, share))
    const distances = GRID.map((ms) => Math.abs(shareOf(timeouts, ms) - wanted))
    expect(distances[found]).toBeCloseTo(Math.min(...distances), 10)
  })
})
