import type { ComponentChildren, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { WhatIf } from '../api/definition.ts'
import { shortDuration } from '../words/duration.ts'
import { nearestIndex, shareOf } from './gap-bins.ts'

interface TimeoutSliderProps {
  readonly timeouts: readonly WhatIf[]
  readonly index: number
  readonly onChange: (index: number) => void
  /** The picture that it moves over. */
  readonly children: ComponentChildren
}

const PAGE_STEPS = 8
/** Labels of the axis, in ms. */
const TICKS_MS = [1, 10, 60, 600, 1_800, 7_200, 86_400, 7 * 86_400, 30 * 86_400].map(
  (seconds) => seconds * 1000,
)

/** A slider as wide as the picture above it, so that its line points at the pause it stands for. Arrow keys go from one timeout of the grid to the next. */
export function TimeoutSlider({ timeouts, index, onChange, children }: TimeoutSliderProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const last = timeouts.length - 1
  const go = (to: number): void => onChange(Math.min(last, Math.max(0, to)))
  const follow = (event: PointerEvent): void => {
    const { left, width } = box.current!.getBoundingClientRect()
    onChange(nearestIndex(timeouts, (event.clientX - left) / width))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = target(event.key, index, last)
    if (to === undefined) return
    event.preventDefault()
    go(to)
  }
  return (
    <div class="timeout-box">
      <div
        class="timeout-slider"
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label="Timeout"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index}
        aria-valuetext={shortDuration(timeouts[index]!.timeoutMs)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          follow(event)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event)
        }}
      >
        {children}
        <span
          class="timeout-line"
          style={{ left: `${shareOf(timeouts, timeouts[index]!.timeoutMs) * 100}%` }}
        />
      </div>
      <div class="timeout-axis" aria-hidden="true">
        {TICKS_MS.map((ms) => (
          <span key={ms} style={{ left: `${shareOf(timeouts, ms) * 100}%` }}>
            {shortDuration(ms)}
          </span>
        ))}
      </div>
    </div>
  )
}

function target(key: string, index: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return index + 1
    case 'ArrowLeft':
    case 'ArrowDown':
      return index - 1
    case 'PageUp':
      return index + PAGE_STEPS
    case 'PageDown':
      return index - PAGE_STEPS
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
