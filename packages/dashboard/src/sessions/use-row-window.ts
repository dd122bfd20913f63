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

/** Which rows of a list are drawn in a scrolling box. `box` is the box's `ref`, `look` its scroll listener. */
export function useRowWindow(
  rows: Pick<RowStore<unknown>, 'count'>,
): RowWindow & { readonly box: RefObject<HTMLDivElement>; readonly look: () => void } {
  const box = useRef<HTMLDivElement>(null)
  const [frame, setFrame] = useState({ viewPx: 600, rowPx: 34 })
  const [place, setPlace] = useState(TOP)
  const size = { count: rows.count(), ...frame }

  const look = (): void => {
    const { scrollTop } = box.current!
    setPlace((before) => (before.scrollTop === scrollTop ? before : moveTo(scrollTop, before, size)))
  }
  useLayoutEffect(() => {
    const measure = (): void => {
      const rowPx = parseFloat(getComputedStyle(box.current!).getPropertyValue('--row')) || 34
      setFrame({ viewPx: box.current!.clientHeight, rowPx })
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
      if (!current || Math.abs(scrollTopAt(place.offsetPx, size) - current.scrollTop) < 1) return
      current.scrollTop = scrollTopAt(place.offsetPx, size)
      setPlace({ scrollTop: current.scrollTop, offsetPx: place.offsetPx })
    }, AT_REST_MS)
    return () => window.clearTimeout(timer)
  }, [place, size.count, frame])

  return { ...visibleRows(place, size), box, look }
}
