/** The tallest an element may be: Firefox draws nothing beyond about 17.9 million pixels. */
export const MAX_CONTENT_PX = 15_000_000

/** What a scrolled list looks at, and which rows are to be drawn. Pixels are CSS pixels. */
export interface RowWindow {
  /** Rows `first` to `last` are drawn, `last` not included. */
  readonly first: number
  readonly last: number
  /** Space above the first drawn row, and below the last. */
  readonly abovePx: number
  readonly belowPx: number
}

interface RowView {
  readonly count: number
  readonly rowPx: number
  readonly viewPx: number
  readonly scrollTop: number
  /** Rows drawn beyond each edge, so that fast scrolling shows no gap; 10 unless given. */
  readonly spareRows?: number
}

/**
 * Which of many rows of equal height to draw. Where all of them would be taller than browsers can draw, the scroll bar moves through them
 * proportionally: each pixel of it stands for more than one.
 */
export function visibleRows({ count, rowPx, viewPx, scrollTop, spareRows = 10 }: RowView): RowWindow {
  const wholePx = count * rowPx
  const contentPx = Math.min(wholePx, MAX_CONTENT_PX)
  const scrollable = Math.max(0, contentPx - viewPx)
  const scrolled = Math.min(Math.max(0, scrollTop), scrollable)
  // Where in the whole list the view begins; the same as `scrolled` as long as nothing is compressed.
  const offset = scrollable === 0 ? 0 : (scrolled / scrollable) * Math.max(0, wholePx - viewPx)
  const first = Math.max(0, Math.floor(offset / rowPx) - spareRows)
  const last = Math.min(count, Math.ceil((offset + viewPx) / rowPx) + spareRows)
  const abovePx = Math.max(0, scrolled - (offset - first * rowPx))
  return { first, last, abovePx, belowPx: Math.max(0, contentPx - abovePx - (last - first) * rowPx) }
}
