import { useEffect, useState } from 'preact/hooks'
import type { Place } from './place.ts'
import { parsePlace, placeLink } from './place.ts'

/** Told to this window when the address was replaced, which fires no event of its own. */
const REPLACED = 'sojourn:replaced'

/** The place that the address says, kept up with back, forward, links and `goTo`. */
export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const follow = (): void => setHash(location.hash)
    window.addEventListener('hashchange', follow)
    window.addEventListener(REPLACED, follow)
    return () => {
      window.removeEventListener('hashchange', follow)
      window.removeEventListener(REPLACED, follow)
    }
  }, [])
  return parsePlace(hash)
}

/** Goes to a place, with an entry in the history that the back button returns from. */
export function goTo(
  path: readonly string[],
  params: Readonly<Record<string, string | undefined>> = {},
): void {
  location.hash = placeLink(path, params)
}

/** Changes the address without an entry in the history: for typing and dragging. */
export function replacePlace(
  path: readonly string[],
  params: Readonly<Record<string, string | undefined>> = {},
): void {
  history.replaceState(history.state, '', placeLink(path, params))
  window.dispatchEvent(new Event(REPLACED))
}
