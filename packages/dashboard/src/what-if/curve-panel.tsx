import type { JSX } from 'preact'
import { memo } from 'preact/compat'
import { useMemo } from 'preact/hooks'
import { relativeChange } from '../words/number.ts'

interface CurvePanelProps {
  readonly words: string
  /** One value for each timeout. */
  readonly values: readonly number[]
  /** Where each timeout stands on the axis, 0 to 1. */
  readonly shares: readonly number[]
  readonly index: number
  /** The timeout to compare with. */
  readonly usual: number
  readonly format: (value: number) => string
  /** Drawn on a logarithmic scale: the longest timeouts would press all else to the ground. */
  readonly isLogarithmic?: boolean
}

const WIDTH = 1000
const HEIGHT = 120

/** A figure over all timeouts, with what it is at the chosen one. Only the point moves; the curve is drawn once. */
export function CurvePanel(props: CurvePanelProps): JSX.Element {
  const { words, values, shares, index, usual, format, isLogarithmic = false } = props
  const value = values[index]!
  const heights = useMemo(() => heightsOf(values, isLogarithmic), [values, isLogarithmic])
  const text = useMemo(() => points(heights, shares), [heights, shares])
  const change = index === usual ? undefined : relativeChange(value, values[usual])
  return (
    <section class="panel curve-panel" aria-label={words}>
      <div class="body">
        <p class="muted">{words}</p>
        <p class="tile-value" data-figure={words}>
          {format(value)}
        </p>
        <p class="muted">{change === undefined ? 'at 30 minutes' : `${change} from 30 minutes`}</p>
        <div class="curve-box">
          <Curve text={text} />
          <span
            class="curve-point"
            style={{ left: `${shares[index]! * 100}%`, top: `${(1 - heights[index]!) * 100}%` }}
          />
        </div>
      </div>
    </section>
  )
}

const Curve = memo(function Curve({ text }: { readonly text: string }): JSX.Element {
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <polyline class="gap-curve curve-0" points={text} />
    </svg>
  )
})

/** From 0 to 1, the highest. */
function heightsOf(values: readonly number[], isLogarithmic: boolean): readonly number[] {
  const scaled = isLogarithmic ? values.map((value) => Math.log1p(value)) : values
  const highest = Math.max(...scaled, 1e-9)
  return scaled.map((each) => each / highest)
}

function points(heights: readonly number[], shares: readonly number[]): string {
  return heights
    .map((height, at) => `${(shares[at]! * WIDTH).toFixed(1)},${((1 - height) * HEIGHT).toFixed(1)}`)
    .join(' ')
}
