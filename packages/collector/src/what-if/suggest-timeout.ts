import { gapHistogram, smoothDensity } from './gap-histogram.ts'
import type { GapHistogram } from './gap-histogram.ts'
import type { GapCells } from './gap-summary.ts'
import { equalDensityCut, fitMixture, mixtureDensity } from './normal-mixture.ts'
import type { Mixture } from './normal-mixture.ts'
import { describeSuggestion } from './suggestion-text.ts'
import { TIMEOUT_GRID_MS } from './timeout-grid.ts'

/** A timeout from the data, or why the data give none. Means and standard deviations are in log2 of seconds. */
export type Suggestion =
  | {
      readonly verdict: 'found'
      /** Whole seconds, in ms. */
      readonly timeoutMs: number
      /** Nine of ten pauses below the timeout are no longer than this. */
      readonly ninetyPercentMs: number
      readonly within: Mixture[0]
      readonly between: Mixture[1]
      /** Share of the pauses that the two curves account for, 0 to 1. */
      readonly quality: number
      /** How much rarer pauses of the timeout's length are than at the lower of the two peaks, 0 to 1. */
      readonly valley: number
      readonly gaps: number
      readonly sentence: string
    }
  | {
      readonly verdict: 'no-valley'
      readonly quality: number
      readonly valley: number
      readonly gaps: number
      readonly sentence: string
    }
  | { readonly verdict: 'too-few'; readonly gaps: number; readonly sentence: string }

/** Fewer pauses than this say nothing about the shape of their distribution. */
export const MIN_GAPS = 500
/** A valley is clear when pauses there are rarer than at both peaks by at least this share. Evenly spread pauses show up to 0.1 by chance. */
const MIN_VALLEY = 0.2
/** A component that holds less is an outlier or two, and no kind of pause. */
const MIN_WEIGHT = 0.02
/** The fit may start anywhere between half a minute and nine hours: log2 seconds. */
const SPLITS = [5, 7, 9, 11, 13, 15]
const MIN_SD = 0.3
const KERNEL_SD = 0.5

/**
 * A timeout for the gaps of a summary, after Halfaker et al., "User Session Identification Based on Strong Regularities in Inter-activity
 * Time" (WWW 2015): two normal curves over log2 of the gap, of the pauses within visits and between them, cut where they are equally likely.
 */
export function suggestTimeout(cells: GapCells): Suggestion {
  const histogram = gapHistogram(cells)
  const gaps = histogram.total
  if (gaps < MIN_GAPS) return withSentence({ verdict: 'too-few', gaps })
  const mixture = fitMixture(histogram, SPLITS, MIN_SD)
  const cut = mixture && equalDensityCut(mixture)
  const quality = mixture ? overlap(histogram, mixture) : 0
  const valley = mixture && cut !== undefined ? valleyDepth(histogram, mixture, cut) : 0
  if (
    !mixture ||
    cut === undefined ||
    valley < MIN_VALLEY ||
    Math.min(mixture[0].weight, mixture[1].weight) < MIN_WEIGHT
  )
    return withSentence({ verdict: 'no-valley', quality, valley, gaps })
  const [within, between] = mixture
  const timeoutMs = Math.round(2 ** cut) * 1_000
  return withSentence({
    verdict: 'found',
    timeoutMs,
    ninetyPercentMs: quantileBelow(cells, timeoutMs, 0.9),
    within,
    between,
    quality,
    valley,
    gaps,
  })
}

type WithoutSentence<Each> = Each extends Suggestion ? Omit<Each, 'sentence'> : never

function withSentence(suggestion: WithoutSentence<Suggestion>): Suggestion {
  return { ...suggestion, sentence: describeSuggestion(suggestion) } as Suggestion
}

/** 1 less the total variation between data and fit, over cells of one octave: finer ones would count chance as misfit. */
function overlap({ values, widths, counts, total }: GapHistogram, mixture: Mixture): number {
  const octaves = new Map<number, number>()
  let outside = 1
  values.forEach((value, i) => {
    const expected = mixtureDensity(mixture, value) * widths[i]!
    outside -= expected
    const octave = Math.floor(value)
    octaves.set(octave, (octaves.get(octave) ?? 0) + counts[i]! / total - expected)
  })
  let difference = Math.max(outside, 0)
  for (const each of octaves.values()) difference += Math.abs(each)
  return 1 - difference / 2
}

/** In the data themselves, not only in the fitted curves: two curves fitted to evenly spread pauses also have a dip between them. */
function valleyDepth(histogram: GapHistogram, [within, between]: Mixture, cut: number): number {
  const density = histogram.values.map((value) => ({
    value,
    density: smoothDensity(histogram, value, KERNEL_SD),
  }))
  const most = (from: number, to: number) =>
    Math.max(0, ...density.filter(({ value }) => value >= from && value <= to).map((each) => each.density))
  const inValley = density
    .filter(({ value }) => value >= within.mean && value <= between.mean)
    .map((each) => each.density)
  const peak = Math.min(most(-Infinity, cut), most(cut, Infinity))
  return peak === 0 || inValley.length === 0 ? 0 : Math.max(1 - Math.min(...inValley) / peak, 0)
}

/** The shortest timeout of the grid, in ms, that this share of the gaps below `limitMs` do not exceed. */
function quantileBelow({ before }: GapCells, limitMs: number, share: number): number {
  const cells = TIMEOUT_GRID_MS.filter((timeout) => timeout <= limitMs).length
  let total = 0
  for (let cell = 0; cell < cells; cell++) total += before[cell]!
  let sum = 0
  for (let cell = 0; cell < cells; cell++) {
    sum += before[cell]!
    if (sum >= share * total) return TIMEOUT_GRID_MS[cell]!
  }
  return limitMs
}
