/** The element, or its nearest ancestor, that the event is about and the selector matches, also inside shadow roots. */
export function closestElement(event: Event, selector: string): Element | null {
  const target = event.composedPath()[0]
  return target instanceof Element ? target.closest(selector) : null
}
