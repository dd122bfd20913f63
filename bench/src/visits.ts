import { v4, v5, v7 } from 'uuid'
import type { EpochMs, SessionStamp, WireEvent } from '@sojourn/protocol'
import { createHeap } from './heap.ts'
import { logNormal, pickSkewed, randomBytes16 } from './random.ts'
import type { Random } from './random.ts'

/** The traffic that every bench, torture run and seed draws from. */
export interface Traffic {
  /** How many visits go on at the same time. A few thousand is a busy site. */
  readonly liveVisits: number
  /** Time of the first event. */
  readonly startAt: EpochMs
}

/** An event and what the sender would do with it. `late`: it arrives hours after it happened. `retry`: it is sent a second time. */
export interface DrawnEvent {
  readonly event: WireEvent
  readonly late: boolean
  readonly retry: boolean
}

interface Visitor {
  readonly id: string
  readonly userId: string | undefined
  number: number
  previousId: string | undefined
}

interface Visit {
  readonly visitor: Visitor
  readonly stamp: SessionStamp
  readonly campaign: WireEvent['campaign']
  readonly referrer: string | undefined
  readonly tabs: readonly { readonly name: string; seq: number }[]
  path: string
  left: number
  nextAt: EpochMs
}

/** Half of all visits are shorter; the mean is about 8. */
const MEDIAN_EVENTS = 5
const MEDIAN_GAP_MS = 20_000
const LONGEST_GAP_MS = 29 * 60_000
const RETURNING = 0.4
const LATE = 0.01
const RETRIED = 0.01

const PATHS = [
  '/',
  '/pricing',
  '/docs',
  '/cart',
  '/checkout',
  '/blog',
  '/features',
  ...Array.from({ length: 200 }, (_, i) => `/articles/${i}`),
]
const NAMES = [
  'cta_clicked',
  'video_played',
  'search',
  'added_to_cart',
  'checkout_started',
  'signup_clicked',
  'order_placed',
  ...Array.from({ length: 40 }, (_, i) => `feature_${i}_used`),
]
const REFERRERS = [
  'https://www.google.com/',
  'https://news.ycombinator.com/',
  'https://duckduckgo.com/',
  'https://www.linkedin.com/feed/',
  'https://partner.example/list',
]
const CAMPAIGNS = ['june', 'launch', 'retarget', 'newsletter-12', 'brand']

/**
 * An endless, deterministic stream of events in the order in which they happen: visits of about 8 events with log-normal gaps, in one to
 * three tabs, 40 % by visitors who were here before, a third of the events tracked clicks, a fifth passive engagement; 1 % are retried
 * and 1 % late by hours.
 */
export function* drawVisits(random: Random, traffic: Traffic): Generator<DrawnEvent, never> {
  const known: Visitor[] = []
  const live = createHeap<Visit>((visit) => visit.nextAt)
  for (let i = 0; i < traffic.liveVisits; i++)
    live.push(beginVisit(random, known, traffic.startAt + Math.floor(random() * MEDIAN_GAP_MS * 2)))
  for (;;) {
    const visit = live.pop()!
    const now = visit.nextAt
    yield { event: drawEvent(random, visit, now), late: random() < LATE, retry: random() < RETRIED }
    visit.left--
    visit.nextAt = now + Math.ceil(Math.min(LONGEST_GAP_MS, logNormal(random, MEDIAN_GAP_MS, 1.2)))
    live.push(visit.left > 0 ? visit : beginVisit(random, known, visit.nextAt))
  }
}

function beginVisit(random: Random, known: Visitor[], now: EpochMs): Visit {
  const returning = known.length > 100 && random() < RETURNING
  const visitor = returning ? known[Math.floor(random() * known.length)]! : newVisitor(random)
  if (!returning) remember(random, known, visitor)
  visitor.number++
  const id = v5(String(visitor.number), visitor.id)
  const stamp: SessionStamp = {
    id,
    number: visitor.number,
    startedAt: now,
    startReason: visitor.number === 1 ? 'first' : 'timeout',
    ...(visitor.previousId === undefined ? {} : { previousId: visitor.previousId }),
  }
  visitor.previousId = id
  const origin = random()
  return {
    visitor,
    stamp,
    campaign:
      origin < 0.2 ? { source: 'news', medium: 'email', name: pickSkewed(random, CAMPAIGNS) } : undefined,
    referrer: origin >= 0.2 && origin < 0.6 ? pickSkewed(random, REFERRERS) : undefined,
    tabs: Array.from({ length: random() < 0.8 ? 1 : random() < 0.7 ? 2 : 3 }, () => ({
      name: Math.floor(random() * 2 ** 31).toString(36),
      seq: 0,
    })),
    path: pickSkewed(random, PATHS),
    left: Math.max(1, Math.round(logNormal(random, MEDIAN_EVENTS, 1))),
    nextAt: now,
  }
}

function newVisitor(random: Random): Visitor {
  return {
    id: v4({ random: randomBytes16(random) }),
    userId: random() < 0.1 ? `u-${Math.floor(random() * 1e9)}` : undefined,
    number: 0,
    previousId: undefined,
  }
}

/** Keeps a bounded sample of the visitors, so that some come back. */
function remember(random: Random, known: Visitor[], visitor: Visitor): void {
  if (known.length < 50_000) known.push(visitor)
  else known[Math.floor(random() * known.length)] = visitor
}

function drawEvent(random: Random, visit: Visit, time: EpochMs): WireEvent {
  const tab = visit.tabs[Math.floor(random() * visit.tabs.length)]!
  tab.seq++
  const { visitor, stamp } = visit
  const kind = visit.stamp.startedAt === time ? 0 : random()
  if (kind < 0.45) visit.path = pickSkewed(random, PATHS)
  const base = {
    id: v7({ msecs: time, random: randomBytes16(random), seq: Math.floor(random() * 2 ** 31) }),
    time,
    visitorId: visitor.id,
    session: stamp,
    tab: tab.name,
    seq: tab.seq,
    page: {
      url: `https://shop.example${visit.path}`,
      path: visit.path,
      title: `Page ${visit.path}`,
      ...(visit.referrer === undefined ? {} : { referrer: visit.referrer }),
    },
    ...(visit.campaign ? { campaign: visit.campaign } : {}),
    ...(visitor.userId === undefined ? {} : { userId: visitor.userId }),
  }
  if (kind < 0.45) return { ...base, type: 'page', name: 'page_view', passive: false }
  if (kind < 0.78)
    return {
      ...base,
      type: 'track',
      name: pickSkewed(random, NAMES),
      passive: false,
      tags: random() < 0.3 ? ['cta', 'pricing'] : ['app'],
      properties: { value: Math.floor(random() * 10_000) / 100, plan: random() < 0.5 ? 'pro' : 'free' },
    }
  if (kind < 0.98 || visitor.userId === undefined)
    return {
      ...base,
      type: 'engagement',
      name: 'engagement',
      passive: true,
      properties: { engagedMs: Math.floor(logNormal(random, 8_000, 1)) },
    }
  return {
    ...base,
    type: 'identify',
    name: 'identify',
    passive: false,
    traits: { plan: random() < 0.5 ? 'pro' : 'free' },
  }
}
