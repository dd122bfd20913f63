import type { JSX } from 'preact'
import type { StoredEvent } from '../api/event.ts'

type Kind = Pick<StoredEvent, 'type' | 'passive'>

/** The CSS class that colours an event by its kind. */
export function kindClass({ type, passive }: Kind): string {
  return `kind-${passive || type === 'engagement' ? 'passive' : type}`
}

/** An event's kind in words. */
export function kindWords({ type, passive }: Kind): string {
  if (type === 'engagement') return 'Engagement, passive'
  const words = { page: 'Page view', track: 'Event', identify: 'Identified' }[type]
  return passive ? `${words}, passive` : words
}

/** A dot in the colour of an event's kind. */
export function KindDot({ event }: { readonly event: Kind }): JSX.Element {
  return <span class={`event-kind ${kindClass(event)}`} title={kindWords(event)} />
}
