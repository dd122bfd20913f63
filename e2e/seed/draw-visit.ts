import type { WireEvent } from '@sojourn/protocol'
import { CAMPAIGNS, CLICKS, PAGES, PLANS, REFERRERS } from './acme.ts'
import { normal, pick, uuidFrom } from './chance.ts'
import type { Chance } from './chance.ts'

/** Whose visit it is and when. */
export interface VisitPlan {
  readonly visitorId: string
  /** Absent while nobody has logged in on this device. */
  readonly userId?: string
  /** What the login says of the user; given at the first visit after which the device is known. */
  readonly traits?: Readonly<Record<string, string>>
  readonly session: NonNullable<WireEvent['session']>
  readonly start: number
  /** Nothing is later, in epoch ms. */
  readonly until: number
}

const LONGEST_PAUSE_MS = 28 * 60_000
/** Nobody has logged in before the first page is there. */
const LOGIN_MS = 400
const MEDIAN_PAUSE_MS = 22_000

/** The events of a visit, one list for each site, in order of time. */
export function drawVisit(plan: VisitPlan, chance: Chance): readonly (readonly WireEvent[])[] {
  const { visitorId, userId, traits, session, start, until } = plan
  const bySource: WireEvent[][] = [[], [], []]
  const steps = chance() < 0.3 ? 1 : 2 + Math.floor(chance() ** 2 * 14)
  const campaign = pick(CAMPAIGNS, chance)
  const referrer = campaign ? undefined : pick(REFERRERS, chance)
  let source = userId === undefined ? (chance() < 0.75 ? 0 : 1) : chance() < 0.7 ? 2 : 1
  let time = start
  let at = 0
  const base = { visitorId, session, ...(userId === undefined ? {} : { userId }) }
  // Each site numbers its own events: none knows of the others.
  const add = (event: Omit<WireEvent, 'id' | keyof typeof base | 'tab' | 'seq'>): void => {
    const told = bySource[source]!
    const tab = `${session.id.slice(0, 6)}${source}`
    told.push({ ...base, tab, seq: told.length + 1, ...event, id: uuidFrom(chance) })
  }
  if (traits && userId !== undefined)
    add({
      type: 'identify',
      name: 'identify',
      time: Math.min(Math.floor(start) + LOGIN_MS, until),
      passive: false,
      traits,
    })
  for (let step = 0; step < steps && time < until; step++) {
    if (step > 0 && chance() < 0.06) source = (source + 1) % 3
    // Most people go on to the next page of a site; the others go anywhere, mostly to its first pages.
    at = step > 0 && chance() < 0.6 ? at + 1 : Math.floor(chance() ** 3 * PAGES[source]!.length)
    const path = PAGES[source]![at % PAGES[source]!.length]!
    const isClick = step > 0 && chance() < 0.4
    const name = isClick ? pick(CLICKS[source]!, chance) : 'page_view'
    add({
      type: isClick ? 'track' : 'page',
      name,
      time: Math.floor(time),
      passive: false,
      page: {
        url: `https://acme.example${path}`,
        path,
        title: path.slice(1) || 'Acme',
        ...(referrer ? { referrer } : {}),
      },
      ...(campaign ? { campaign } : {}),
      ...(isClick
        ? { tags: name.includes('cta') ? ['cta'] : ['feature'], properties: drawProperties(chance) }
        : {}),
    })
    const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.exp(Math.log(MEDIAN_PAUSE_MS) + 1.3 * normal(chance)))
    if (pauseMs > 4_000 && time + pauseMs < until && chance() < 0.5)
      add({
        type: 'engagement',
        name: 'engagement',
        time: Math.floor(time + pauseMs / 2),
        passive: true,
        properties: { engagedMs: Math.floor(pauseMs / 2) },
      })
    time += pauseMs
  }
  return bySource
}

function drawProperties(chance: Chance): Readonly<Record<string, unknown>> {
  return { plan: pick(PLANS, chance), value: Math.round(chance() * 900) / 10 }
}
