import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RowStore } from './row-store.ts'
import type { ScrollPlace } from './scroll-scale.ts'
import { moveTo, scrollTopAt } from './scroll-scale.ts'
import type { RowWindow } from './visible-rows.ts'
import { visibleRows } from './visible-rows.ts'

/** How long after the last movement the scroll bar is put where it belongs, in ms. */
const AT_REST_MS = 200
const TOP: ScrollPlace = { scrollTop: 0, offsetPx: 0 }

/** What a scrolling box needs to show a list: its `ref`, and what listens to its scrolling and its keys. */
interface RowBox extends RowWindow {
  readonly box: RefObject<HTMLDivElement>
  readonly look: () => void
  readonly jump: (event: KeyboardEvent) => void
}

/** Which rows of a list are drawn in a scrolling box. */
export function useRowWindow(rows: Pick<RowStore<unknown>, 'count'>): RowBox {
  const box = useRef<HTMLDivElement>(null)
  const [frame, setFrame] = useState({ viewPx: 600, rowPx: 34 })
  const [place, setPlace] = useState(TOP)
  const size = { count: rows.count(), ...frame }

  const look = (): void => {
    // The browser tells of the last movement in its next frame, when another page may have taken the place.
    if (!box.current) return
    const { scrollTop } = box.current
    setPlace((before) => (before.scrollTop === scrollTop ? before : moveTo(scrollTop, before, size)))
  }
  // Browsers glide to the ends, which takes them through a million rows; these keys go there at once.
  const jump = (event: KeyboardEvent): void => {
    if ((event.key !== 'Home' && event.key !== 'End') || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    box.current!.scrollTop = event.key === 'End' ? box.current!.scrollHeight : 0
  }
  useLayoutEffect(() => {
    const measure = (): void => {
      const rowPx = parseFloat(getComputedStyle(box.current!).getPropertyValue('--row')) || 34
      // The head, which stays in sight, is as high as a row.
      setFrame({ viewPx: Math.max(0, box.current!.clientHeight - rowPx), rowPx })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    box.current!.scrollTop = 0
    setPlace(TOP)
  }, [rows])
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const { current } = box
      const target = scrollTopAt(place.offsetPx, size)
      // It moves again, and to put it anywhere would end that.
      if (!current || current.scrollTop !== place.scrollTop) return
      if (Math.abs(target - place.scrollTop) < 1) return
      current.scrollTop = target
      setPlace({ scrollTop: current.scrollTop, offsetPx: place.offsetPx })
    }, AT_REST_MS)
    return () => window.clearTimeout(timer)
  }, [place, size.count, frame])

  return { ...visibleRows(place, size), box, look, jump }
}
