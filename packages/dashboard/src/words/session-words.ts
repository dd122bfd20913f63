import type { EndReason, Session } from '../api/session.ts'
import { shortDuration } from './duration.ts'

const START: Readonly<Record<string, string>> = {
  first: 'First visit of this visitor',
  timeout: 'The one before was over: no activity for the timeout',
  'max-length': 'The one before had reached its longest length',
  campaign: 'Arrived through another campaign',
  user: 'Another user logged in, or the user logged out',
  manual: 'Started by the page itself',
  closed: 'The browser had been closed',
}

const END: Readonly<Record<string, string>> = {
  timeout: 'No activity for the timeout',
  maxLength: 'It had reached its longest length',
  maxEvents: 'It held the most events it may',
  dayBoundary: 'A new day began',
  campaign: 'The next event came through another campaign',
  referrer: 'The next event came from another referrer',
  user: 'The user changed',
  startEvents: 'An event that always starts a session',
  endEvents: 'An event that always ends a session',
  property: 'The property changed its value',
  client: 'The sender began another one',
}

/** Why a session began, as a sentence; what is unknown is shown as it came. */
export function startReasonWords(reason: string | EndReason | undefined): string | undefined {
  if (reason === undefined) return undefined
  const rule = typeof reason === 'string' ? reason : reason.rule
  return Object.hasOwn(START, rule) ? START[rule] : Object.hasOwn(END, rule) ? END[rule] : rule
}

/** Why a session ended, as a sentence, with the pause that decided it. */
export function endReasonWords(reason: EndReason | string | undefined): string | undefined {
  if (reason === undefined) return undefined
  const { rule, event, gapMs }: EndReason = typeof reason === 'string' ? { rule: reason } : reason
  const words = Object.hasOwn(END, rule) ? END[rule]! : rule
  const details = [
    ...(gapMs === undefined ? [] : [`next activity after ${shortDuration(gapMs)}`]),
    ...(event === undefined ? [] : [event]),
  ]
  return details.length === 0 ? words : `${words} (${details.join(', ')})`
}

/** How a session's person is named: the user id, else the beginning of the visitor's. */
export function personWords(session: Session): string {
  return session.profile.userId ?? `Visitor ${shortId(session.visitor?.id ?? session.profile.id)}`
}

/** The first eight characters of an id: enough to tell apart what stands on one page. */
export function shortId(id: string): string {
  return id.length > 12 ? id.slice(0, 8) : id
}

/** City and country, as far as they are known. */
export function placeWords(session: Session): string | undefined {
  const geo = session.device?.geo
  return [geo?.city, geo?.country?.name ?? geo?.country?.code].filter(Boolean).join(', ') || undefined
}

/** Device, browser and system: `Desktop · Chrome 126 · Linux`. */
export function deviceWords(session: Session): string | undefined {
  const { device, app, os } = session
  const kind = device?.type && device.type[0]!.toUpperCase() + device.type.slice(1)
  const browser = [app?.name, app?.version?.split('.')[0]].filter(Boolean).join(' ')
  return [app?.bot ? 'Bot' : undefined, kind, browser, os?.name].filter(Boolean).join(' · ') || undefined
}
