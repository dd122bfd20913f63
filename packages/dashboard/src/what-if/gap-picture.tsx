import type { JSX } from 'preact'
import { memo } from 'preact/compat'
import type { NormalCurve, Suggestion, WhatIf } from '../api/definition.ts'
import { shortDuration } from '../words/duration.ts'
import { binDensity, curveDensity, gapBins, shareOf } from './gap-bins.ts'

interface GapPictureProps {
  readonly timeouts: readonly WhatIf[]
  readonly suggestion: Suggestion | undefined
}

/** The picture is drawn in these units and stretched to its box. */
const WIDTH = 1000
const HEIGHT = 220
const HEADROOM = 1.08

/**
 * How often visitors pause for how long: a bar for each step of the grid, the two fitted curves over them, and the suggested cut. It is
 * drawn once: the slider moves over it.
 */
export const GapPicture = memo(function GapPicture({ timeouts, suggestion }: GapPictureProps): JSX.Element {
  const bins = gapBins(timeouts)
  const total = bins.reduce((sum, bin) => sum + bin.count, 0)
  const densities = bins.map((bin) => binDensity(bin, total))
  const curves = [suggestion?.within, suggestion?.between].filter((curve) => curve !== undefined)
  const highest = Math.max(...densities, 1e-9) * HEADROOM
  const x = (ms: number): number => shareOf(timeouts, ms) * WIDTH
  const y = (density: number): number => HEIGHT - (Math.min(density, highest) / highest) * HEIGHT
  const bars = bins.map(({ fromMs, toMs }, index) => {
    const [left, right, top] = [x(fromMs), x(toMs), y(densities[index]!)]
    return `M${left.toFixed(2)} ${HEIGHT}V${top.toFixed(2)}H${right.toFixed(2)}V${HEIGHT}Z`
  })
  const curve = (of: NormalCurve): string =>
    timeouts
      .map(({ timeoutMs }) => `${x(timeoutMs).toFixed(2)},${y(curveDensity(of, timeoutMs)).toFixed(2)}`)
      .join(' ')
  return (
    <div class="gap-picture">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <path class="gap-bars" d={bars.join('')} />
        {curves.map((of, index) => (
          <polyline key={index} class={`gap-curve curve-${index}`} points={curve(of)} />
        ))}
      </svg>
      {suggestion?.timeoutMs !== undefined && (
        <span class="suggested-cut" style={{ left: `${shareOf(timeouts, suggestion.timeoutMs) * 100}%` }}>
          <span>suggested: {shortDuration(suggestion.timeoutMs)}</span>
        </span>
      )}
    </div>
  )
})
