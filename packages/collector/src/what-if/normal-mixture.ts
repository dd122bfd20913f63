/** A bell curve with its share of the whole. */
export interface Component {
  readonly mean: number
  readonly sd: number
  /** 0 to 1. */
  readonly weight: number
}

/** Two components, the one with the lower mean first; their weights add up to 1. */
export type Mixture = readonly [Component, Component]

/** Counted values: `counts[i]` of them lie at `values[i]`. */
export interface Histogram {
  readonly values: readonly number[]
  readonly counts: readonly number[]
}

const ROUNDS = 500
const SETTLED = 1e-9
const SQRT_TAU = Math.sqrt(2 * Math.PI)

/**
 * The two-component normal mixture that fits a histogram best, by expectation maximisation (Dempster, Laird, Rubin 1977) from several
 * first guesses: the values below and above each of `splits`. No component gets narrower than `minSd`, or one crowded cell would draw it in.
 * Undefined when there are not two different values.
 */
export function fitMixture(
  histogram: Histogram,
  splits: readonly number[],
  minSd: number,
): Mixture | undefined {
  let best: { readonly mixture: Mixture; readonly likelihood: number } | undefined
  for (const split of splits) {
    const isLow = histogram.values.map((value) => Number(value < split))
    const low = component(histogram, isLow, minSd)
    const high = component(
      histogram,
      isLow.map((share) => 1 - share),
      minSd,
    )
    if (!low || !high) continue
    const fitted = maximise(histogram, [low, high], minSd)
    if (!best || fitted.likelihood > best.likelihood) best = fitted
  }
  if (!best) return undefined
  const [first, second] = best.mixture
  return first.mean <= second.mean ? best.mixture : [second, first]
}

function maximise(histogram: Histogram, start: Mixture, minSd: number) {
  let mixture = start
  let likelihood = -Infinity
  const total = histogram.counts.reduce((sum, count) => sum + count, 0)
  for (let round = 0; round < ROUNDS; round++) {
    const shares = histogram.values.map((value) => shareOfFirst(mixture, value))
    const [low, high] = [
      component(histogram, shares, minSd),
      component(
        histogram,
        shares.map((share) => 1 - share),
        minSd,
      ),
    ]
    if (!low || !high) break
    mixture = [low, high]
    const next = logLikelihood(histogram, mixture)
    if (Math.abs(next - likelihood) <= SETTLED * total) return { mixture, likelihood: next }
    likelihood = next
  }
  return { mixture, likelihood }
}

/** The normal curve through a part of the histogram: `shares[i]` of what lies at `values[i]`. Undefined where that part is empty. */
function component(
  { values, counts }: Histogram,
  shares: readonly number[],
  minSd: number,
): Component | undefined {
  let total = 0
  let size = 0
  let sum = 0
  counts.forEach((count, i) => {
    total += count
    size += count * shares[i]!
    sum += count * shares[i]! * values[i]!
  })
  if (size < 1e-9 * total || size === 0) return undefined
  const mean = sum / size
  let squares = 0
  counts.forEach((count, i) => (squares += count * shares[i]! * (values[i]! - mean) ** 2))
  return { mean, sd: Math.max(Math.sqrt(squares / size), minSd), weight: size / total }
}

function logLikelihood({ values, counts }: Histogram, mixture: Mixture): number {
  let sum = 0
  // Far from both curves the density underflows to 0; the smallest number keeps its logarithm finite.
  counts.forEach(
    (count, i) =>
      (sum +=
        count === 0 ? 0 : count * Math.log(Math.max(mixtureDensity(mixture, values[i]!), Number.MIN_VALUE))),
  )
  return sum
}

/** The chance that a value came from the first component. Taken from the logarithms, so that it holds far out where both densities are 0. */
function shareOfFirst([low, high]: Mixture, value: number): number {
  return 1 / (1 + Math.exp(logDensity(high, value) - logDensity(low, value)))
}

/** Density of a mixture at a value: the sum of the weighted curves. */
export function mixtureDensity(mixture: Mixture, value: number): number {
  return Math.exp(logDensity(mixture[0], value)) + Math.exp(logDensity(mixture[1], value))
}

function logDensity({ mean, sd, weight }: Component, value: number): number {
  return Math.log(weight / (sd * SQRT_TAU)) - (value - mean) ** 2 / (2 * sd * sd)
}

/**
 * Where the weighted densities of the two components are equal, between their means: a value below it more likely belongs to the first,
 * one above it to the second. Undefined when one outweighs the other all the way.
 */
export function equalDensityCut([low, high]: Mixture): number | undefined {
  const isLow = (value: number) => logDensity(low, value) > logDensity(high, value)
  if (!isLow(low.mean) || isLow(high.mean)) return undefined
  let from = low.mean
  let to = high.mean
  for (let halving = 0; halving < 60; halving++) {
    const middle = (from + to) / 2
    if (isLow(middle)) from = middle
    else to = middle
  }
  return (from + to) / 2
}
