import type { DifferencePart, RuleName, StartReason } from '@sojourn/protocol'

const WHY: Readonly<Record<StartReason | RuleName, string>> = {
  first: 'the first of another visitor',
  client: 'the event came with the id of another session',
  'end-event': 'an event had closed the one before',
  timeout: 'no activity for the timeout',
  'max-length': 'the one before had reached its longest length',
  'max-events': 'the one before held the most events it may',
  day: 'a new day had begun',
  'start-event': 'this event always starts a session',
  user: 'another user logged in, or the user logged out',
  campaign: 'arrived through another campaign',
  referrer: 'arrived from another site',
  property: 'the property changed its value',
  manual: 'started by the page itself',
  closed: 'the browser had been closed',
}

/** Who began another session at a cut, and why as far as that is known: `the sender began another session: arrived through another campaign`. */
export function cutWords(
  { rule, startReason }: Pick<DifferencePart, 'rule' | 'startReason'>,
  definition: string,
): string {
  const began = `${rule === undefined ? 'the sender' : definition} began another session`
  const reason = rule ?? startReason
  if (reason === undefined) return began
  return `${began}: ${Object.hasOwn(WHY, reason) ? WHY[reason] : reason}`
}
