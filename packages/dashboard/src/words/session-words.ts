import type { RuleName, SessionObject, StartReason } from '@sojourn/protocol'
import { shortDuration } from './duration.ts'

const START: Readonly<Record<StartReason | RuleName, string>> = {
  first: 'The first of this visitor',
  client: 'The sender began another one',
  'end-event': 'An event had closed the one before',
  timeout: 'The one before was over: no activity for the timeout',
  'max-length': 'The one before had reached its longest length',
  'max-events': 'The one before held the most events it may',
  day: 'A new day had begun',
  'start-event': 'An event that always starts a session',
  user: 'Another user logged in, or the user logged out',
  campaign: 'Arrived through another campaign',
  referrer: 'Arrived from another site',
  property: 'The property changed its value',
  manual: 'Started by the page itself',
  closed: 'The browser had been closed',
}

const END: Readonly<Record<RuleName, string>> = {
  first: 'Another one began',
  client: 'The sender began another one',
  'end-event': 'An event that always ends a session',
  timeout: 'No activity for the timeout',
  'max-length': 'It had reached its longest length',
  'max-events': 'It held the most events it may',
  day: 'A new day began',
  'start-event': 'An event came that always starts a session',
  user: 'The user changed',
  campaign: 'The next event came through another campaign',
  referrer: 'The next event came from another site',
  property: 'The property changed its value',
}

/** Why a session began, as a sentence, with the pause before it; what is unknown is shown as it came. */
export function startReasonWords({
  startReason,
  why,
}: Pick<SessionObject, 'startReason' | 'why'>): string | undefined {
  if (startReason === undefined) return undefined
  const words = Object.hasOwn(START, startReason) ? START[startReason] : startReason
  return withPause(words, why?.start.gapMs)
}

/** Why a session ended, as a sentence, with the pause that decided it. */
export function endReasonWords({
  endReason,
  why,
}: Pick<SessionObject, 'endReason' | 'why'>): string | undefined {
  if (endReason === undefined) return undefined
  const words = Object.hasOwn(END, endReason) ? END[endReason] : endReason
  return withPause(words, why?.end?.gapMs)
}

function withPause(words: string, gapMs: number | undefined): string {
  return gapMs === undefined ? words : `${words} (${shortDuration(gapMs)} without activity)`
}

/** How a session's person is named: the user id, else the beginning of the visitor's. */
export function personWords(session: Pick<SessionObject, 'profile' | 'visitor'>): string {
  return session.profile.userId ?? `Visitor ${shortId(session.visitor?.id ?? session.profile.id)}`
}

/** The first eight characters of an id: enough to tell apart what stands on one page. */
export function shortId(id: string): string {
  return id.length > 12 ? id.slice(0, 8) : id
}

/** City and country, as far as they are known. */
export function placeWords(session: SessionObject): string | undefined {
  const geo = session.device?.geo
  return [geo?.city, geo?.country?.name ?? geo?.country?.code].filter(Boolean).join(', ') || undefined
}

/** Device, browser and system: `Desktop · Chrome 126 · Linux`. */
export function deviceWords(session: SessionObject): string | undefined {
  const { device, app, os } = session
  const kind = device?.type && device.type[0]!.toUpperCase() + device.type.slice(1)
  const browser = [app?.name, app?.version?.split('.')[0]].filter(Boolean).join(' ')
  return [app?.bot ? 'Bot' : undefined, kind, browser, os?.name].filter(Boolean).join(' · ') || undefined
}
