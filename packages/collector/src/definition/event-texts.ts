import type { WireEvent } from '@sojourn/protocol'
import { isLinkingUserId } from '../profile/linking-user.ts'
import { externalReferrer } from '../session/external-referrer.ts'
import { createPropertyReader } from './property-path.ts'

/** The texts that rules compare. Two events bring the same campaign, referrer, user or value exactly when these texts are equal. */
export interface EventTexts {
  /** All five campaign parameters; absent where none is given. */
  readonly campaign: string | undefined
  /** Host of the page of another site that led here: two pages of one site are one referrer, and pages of the own site are none. */
  readonly referrer: string | undefined
  /** The user id, where it is one that can stand for a person. */
  readonly user: string | undefined
  /** The value at the definition's property, as text: 4711 and "4711" are the same order. */
  readonly property: string | undefined
}

/** A function that reads the texts off an event, for a definition with this `property`. */
export function createTextReader(property: string | undefined): (event: WireEvent) => EventTexts {
  const readProperty = property === undefined ? undefined : createPropertyReader(property)
  return (event) => {
    const value = readProperty?.(event)
    return {
      campaign: campaignText(event),
      referrer: externalReferrer(event.page)?.host,
      user: event.userId !== undefined && isLinkingUserId(event.userId) ? event.userId : undefined,
      property: value === undefined ? undefined : String(value),
    }
  }
}

function campaignText({ campaign }: WireEvent): string | undefined {
  if (!campaign) return undefined
  const { source, medium, name, term, content } = campaign
  const fields = [source, medium, name, term, content]
  return fields.every((field) => field === undefined) ? undefined : JSON.stringify(fields)
}
