import type { ListSize, ScrollPlace } from './scroll-scale.ts'
import { contentPx } from './scroll-scale.ts'

/** Rows drawn beyond each edge, so that fast scrolling shows no gap. */
const SPARE_ROWS = 10

/** Which rows are to be drawn, and what is left out. Pixels are CSS pixels. */
export interface RowWindow {
  /** Rows `first` to `last` are drawn, `last` not included. */
  readonly first: number
  readonly last: number
  /** Space above the first drawn row, and below the last. */
  readonly abovePx: number
  readonly belowPx: number
}

/** Which of many rows of equal height to draw. */
export function visibleRows({ scrollTop, offsetPx }: ScrollPlace, size: ListSize): RowWindow {
  const { count, rowPx, viewPx } = size
  const first = Math.min(Math.max(0, Math.floor(offsetPx / rowPx) - SPARE_ROWS), count)
  const last = Math.min(count, Math.ceil((offsetPx + viewPx) / rowPx) + SPARE_ROWS)
  const abovePx = Math.max(0, scrollTop - (offsetPx - first * rowPx))
  return { first, last, abovePx, belowPx: Math.max(0, contentPx(size) - abovePx - (last - first) * rowPx) }
}
