/** The tallest an element may be: Firefox draws nothing beyond about 17.9 million pixels. */
export const MAX_CONTENT_PX = 15_000_000
/** So much of a list that is taller moves pixel by pixel at each of its ends; what is between them shares the rest of the scroll bar. */
const EXACT_PX = MAX_CONTENT_PX / 4
/** A scroll event that moves by more of the view's height than this came from the scroll bar or an end key, not from a wheel. */
const JUMP_VIEWS = 2

/** A list of rows of equal height, and how much of it is in view. Pixels are CSS pixels. */
export interface ListSize {
  readonly count: number
  readonly rowPx: number
  readonly viewPx: number
}

/** Where a list stands: `scrollTop` is the scroll bar's, `offsetPx` how far from the first row the view begins. They differ in lists taller than browsers can draw. */
export interface ScrollPlace {
  readonly scrollTop: number
  readonly offsetPx: number
}

/** What stands for all rows in the document, in px. */
export function contentPx({ count, rowPx }: ListSize): number {
  return Math.min(count * rowPx, MAX_CONTENT_PX)
}

/** The place after the scroll bar has moved: a wheel or a key moves the rows as far as it says, however long the list is; a drag goes to where in the list the bar is. */
export function moveTo(scrollTop: number, before: ScrollPlace, size: ListSize): ScrollPlace {
  const movedPx = scrollTop - before.scrollTop
  const isAtEnd = scrollTop <= 0 || scrollTop >= mostScrollPx(size) - 1
  if (isAtEnd || Math.abs(movedPx) > JUMP_VIEWS * size.viewPx)
    return { scrollTop, offsetPx: offsetAt(scrollTop, size) }
  return { scrollTop, offsetPx: within(before.offsetPx + movedPx, mostOffsetPx(size)) }
}

/** How far from the first row the view begins where the scroll bar is moved to; the first and the last row lie at its ends. */
export function offsetAt(scrollTop: number, size: ListSize): number {
  const scrolled = within(scrollTop, mostScrollPx(size))
  const { mostOffset, mostScroll, slope } = middleOf(size)
  if (scrolled <= EXACT_PX) return within(scrolled, mostOffset)
  if (scrolled >= mostScroll - EXACT_PX) return mostOffset - (mostScroll - scrolled)
  return EXACT_PX + (scrolled - EXACT_PX) * slope
}

/** Where the scroll bar belongs for an offset: what `offsetAt` undoes. */
export function scrollTopAt(offsetPx: number, size: ListSize): number {
  const offset = within(offsetPx, mostOffsetPx(size))
  const { mostOffset, mostScroll, slope } = middleOf(size)
  if (offset <= EXACT_PX) return offset
  if (offset >= mostOffset - EXACT_PX) return mostScroll - (mostOffset - offset)
  return EXACT_PX + (offset - EXACT_PX) / slope
}

function middleOf(size: ListSize): {
  readonly mostOffset: number
  readonly mostScroll: number
  readonly slope: number
} {
  const [mostOffset, mostScroll] = [mostOffsetPx(size), mostScrollPx(size)]
  return { mostOffset, mostScroll, slope: (mostOffset - 2 * EXACT_PX) / (mostScroll - 2 * EXACT_PX) }
}

function mostOffsetPx({ count, rowPx, viewPx }: ListSize): number {
  return Math.max(0, count * rowPx - viewPx)
}

function mostScrollPx(size: ListSize): number {
  return Math.max(0, contentPx(size) - size.viewPx)
}

function within(px: number, most: number): number {
  return Math.min(Math.max(0, px), most)
}
