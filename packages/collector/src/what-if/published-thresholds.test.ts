import { expect, test } from 'vitest'
import { equalDensityCut } from './normal-mixture.ts'
import type { Component } from './normal-mixture.ts'

type Printed = readonly [mean: number, sd: number, weight: number]

/**
 * Table 2 of Halfaker et al., "User Session Identification Based on Strong Regularities in Inter-activity Time" (WWW 2015): the published
 * threshold in minutes, and the parameters of the pauses within and between sessions in log2 seconds, rounded as they are printed.
 */
const PUBLISHED: readonly (readonly [name: string, minutes: number, within: Printed, between: Printed])[] = [
  ['AOL search', 115, [6.7, 2.9, 0.7], [16.8, 2.2, 0.3]],
  ['Cyclopath routes', 89, [5.0, 2.5, 0.87], [18.6, 3.1, 0.13]],
  ['Wikipedia app', 29, [5.2, 2.3, 0.74], [15.7, 2.5, 0.26]],
  ['Wikipedia mobile', 50, [6.4, 2.6, 0.65], [15.8, 2.5, 0.35]],
  ['Wikipedia desktop', 46, [5.5, 2.6, 0.75], [15.7, 2.5, 0.25]],
  ['OpenStreetMap changes', 101, [8.6, 2.1, 0.68], [15.5, 2.5, 0.3]],
  ['Wikipedia edits', 80, [6.8, 2.5, 0.83], [15.4, 2.7, 0.16]],
  ['MovieLens ratings', 33, [5.2, 1.9, 0.34], [18.0, 3.0, 0.07]],
  ['MovieLens searches', 52, [5.7, 2.5, 0.5], [17.1, 3.1, 0.2]],
  ['League of Legends games', 14, [8.3, 0.5, 0.59], [14.1, 2.8, 0.41]],
  ['Stack Overflow answers', 91, [10.2, 1.7, 0.3], [16.6, 2.9, 0.63]],
  ['Stack Overflow questions', 335, [12.7, 1.7, 0.1], [18.5, 2.1, 0.63]],
]

/** Half of the last printed digit. */
const ROUNDING: Printed = [0.05, 0.05, 0.005]
const SIGNS = [-1, 0, 1]

/** The component at a corner, a side or the middle of all that round to what is printed. */
function rounded(printed: Printed, signs: Printed): Component {
  const [mean, sd, weight] = printed.map((value, i) => value + signs[i]! * ROUNDING[i]!) as [
    number,
    number,
    number,
  ]
  return { mean, sd, weight }
}

const OFFSETS = SIGNS.flatMap((a) => SIGNS.flatMap((b) => SIGNS.map((c): Printed => [a, b, c])))

/** Shortest and longest cut, in minutes, of parameters that round to the printed ones. The cut is continuous in them, so it takes every value between. */
function cutsOf(within: Printed, between: Printed): readonly [number, number] {
  const cuts = OFFSETS.flatMap((a) => OFFSETS.map((b) => [rounded(within, a), rounded(between, b)] as const))
    .map((mixture) => equalDensityCut(mixture)!)
    .map((log2Seconds) => 2 ** log2Seconds / 60)
  return [Math.min(...cuts), Math.max(...cuts)]
}

test.each(PUBLISHED)(
  '%s: %i minutes is the cut of parameters that round to the printed ones',
  (_, minutes, within, between) => {
    const [shortest, longest] = cutsOf(within, between)
    expect([shortest <= minutes, minutes <= longest], `${shortest} to ${longest}`).toEqual([true, true])
    // So narrow that it is no empty claim: rounding moves a cut by a sixth, up or down.
    expect(longest / shortest).toBeLessThan(1.35)
  },
)
