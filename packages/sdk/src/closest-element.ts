/** The element, or its nearest ancestor, that the event is about and the selector matches, also inside shadow roots. */
export const closestElement = (event: Event, selector: string): Element | null | undefined =>
  (event.composedPath()[0] as Partial<Element>).closest?.(selector)
