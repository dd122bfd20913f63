import type { BatchContext, Campaign, EventBatch, WireEvent } from '@sojourn/protocol'

/** A month of visits to three sites, to be looked at. */
export interface SeedOptions {
  /** About how many events; visits are whole, so it is a few more. */
  readonly events: number
  /** The moment the last visits may reach, in epoch ms. */
  readonly until: number
}

/** The sources that the month is sent to, with the write keys that it uses. */
export const SEED_SOURCES = [
  { name: 'Acme website', type: 'marketing', writeKey: 'pk_seed_marketing' },
  { name: 'Acme docs', type: 'docs', writeKey: 'pk_seed_docs' },
  { name: 'Acme app', type: 'product', writeKey: 'pk_seed_product' },
] as const

const DAY_MS = 86_400_000
const DAYS = 30

interface Device {
  readonly context: BatchContext
  readonly weight: number
}

const screen = (width: number, height: number, density: number): NonNullable<BatchContext['screen']> => ({
  width,
  height,
  density,
  colorDepth: 24,
  orientation: width > height ? 'landscape-primary' : 'portrait-primary',
})

const DEVICES: readonly Device[] = [
  {
    weight: 5,
    context: {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      screen: screen(1920, 1080, 1),
      viewport: { width: 1519, height: 730 },
      locale: 'en-US',
      timezone: 'America/New_York',
      touch: false,
    },
  },
  {
    weight: 4,
    context: {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      screen: screen(390, 844, 3),
      viewport: { width: 390, height: 664 },
      locale: 'en-GB',
      timezone: 'Europe/London',
      touch: true,
    },
  },
  {
    weight: 2,
    context: {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      screen: screen(1728, 1117, 2),
      viewport: { width: 1400, height: 900 },
      locale: 'fr-FR',
      timezone: 'Europe/Paris',
      touch: false,
    },
  },
  {
    weight: 2,
    context: {
      userAgent:
        'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36',
      screen: screen(412, 915, 2.6),
      viewport: { width: 412, height: 732 },
      locale: 'de-DE',
      timezone: 'Europe/Berlin',
      touch: true,
    },
  },
  {
    weight: 1,
    context: {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      screen: screen(2560, 1440, 1),
      viewport: { width: 1720, height: 1300 },
      locale: 'ja-JP',
      timezone: 'Asia/Tokyo',
      touch: false,
    },
  },
]

const PAGES = [
  ['/', '/pricing', '/features', '/blog/what-is-a-session', '/customers', '/signup', '/blog/first-party'],
  ['/docs', '/docs/install', '/docs/sessions', '/docs/api', '/docs/consent'],
  ['/app', '/app/projects', '/app/reports', '/app/settings', '/app/billing'],
] as const

const CLICKS = [
  ['cta_clicked', 'demo_requested', 'video_played', 'newsletter_joined'],
  ['code_copied', 'search', 'feedback_given'],
  ['report_opened', 'project_created', 'invite_sent', 'export_started', 'checkout_started'],
] as const

const REFERRERS = [
  'https://www.google.com/',
  'https://news.ycombinator.com/',
  'https://duckduckgo.com/',
  undefined,
  undefined,
]

const CAMPAIGNS: readonly (Campaign | undefined)[] = [
  { source: 'newsletter', medium: 'email', name: 'june' },
  { source: 'google', medium: 'cpc', name: 'brand' },
  { source: 'linkedin', medium: 'social', name: 'launch' },
  undefined,
  undefined,
  undefined,
  undefined,
]

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The batches of a month, one or more for each visitor and site; the same for the same options. */
export function* drawMonth({ events, until }: SeedOptions): Generator<EventBatch> {
  const random = randomFrom(20_240_601)
  let drawn = 0
  for (let visitor = 0; drawn < events; visitor++)
    for (const batch of drawVisitor(visitor, until, random)) {
      drawn += batch.events.length
      yield batch
    }
}

function* drawVisitor(visitor: number, until: number, random: () => number): Generator<EventBatch> {
  const device = pickDevice(random)
  const visits = 1 + Math.floor(random() ** 3 * 9)
  const isUser = random() < 0.4
  const visitorId = uuidFrom(random)
  const bySource: WireEvent[][] = [[], [], []]
  const starts = Array.from({ length: visits }, () => startOfVisit(until, random)).sort((a, b) => a - b)
  let previousId: string | undefined
  starts.forEach((start, index) => {
    const id = uuidFrom(random)
    drawVisit({
      visitorId,
      ...(isUser && index > 0 ? { userId: `user-${1000 + visitor}` } : {}),
      session: {
        id,
        number: index + 1,
        startedAt: start,
        startReason: index === 0 ? 'first' : 'timeout',
        ...(previousId === undefined ? {} : { previousId }),
      },
      start,
      until,
      random,
      bySource,
    })
    previousId = id
  })
  for (const [source, list] of bySource.entries())
    for (let at = 0; at < list.length; at += 400)
      yield {
        writeKey: SEED_SOURCES[source]!.writeKey,
        sentAt: until,
        context: device,
        events: list.slice(at, at + 400),
      }
}

interface VisitPlan {
  readonly visitorId: string
  readonly userId?: string
  readonly session: NonNullable<WireEvent['session']>
  readonly start: number
  readonly until: number
  readonly random: () => number
  readonly bySource: readonly WireEvent[][]
}

function drawVisit({ visitorId, userId, session, start, until, random, bySource }: VisitPlan): void {
  const steps = random() < 0.3 ? 1 : 2 + Math.floor(random() ** 2 * 14)
  const campaign = pick(CAMPAIGNS, random)
  const referrer = campaign ? undefined : pick(REFERRERS, random)
  let source = userId === undefined ? (random() < 0.75 ? 0 : 1) : random() < 0.7 ? 2 : 1
  let time = start
  let at = 0
  const base = {
    visitorId,
    session,
    tab: session.id.slice(0, 6),
    ...(userId === undefined ? {} : { userId }),
  }
  for (let step = 0; step < steps && time < until; step++) {
    if (step > 0 && random() < 0.06) source = (source + 1) % 3
    // Most people go on to the next page of a site; the others go anywhere, mostly to its first pages.
    at = step > 0 && random() < 0.6 ? at + 1 : Math.floor(random() ** 3 * PAGES[source]!.length)
    const path = PAGES[source]![at % PAGES[source]!.length]!
    const isClick = step > 0 && random() < 0.4
    const name = isClick ? pick(CLICKS[source]!, random) : 'page_view'
    bySource[source]!.push({
      ...base,
      id: uuidFrom(random),
      type: isClick ? 'track' : 'page',
      name,
      time: Math.floor(time),
      seq: step * 2 + 1,
      passive: false,
      page: {
        url: `https://acme.example${path}`,
        path,
        title: path.slice(1) || 'Acme',
        ...(referrer ? { referrer } : {}),
      },
      ...(campaign ? { campaign } : {}),
      ...(isClick
        ? {
            tags: name.includes('cta') ? ['cta'] : ['feature'],
            properties: {
              plan: pick(['free', 'pro', 'team'], random),
              value: Math.round(random() * 900) / 10,
            },
          }
        : {}),
    })
    const gap = Math.min(28 * 60_000, Math.exp(Math.log(22_000) + 1.3 * normal(random)))
    if (gap > 4_000 && time + gap < until && random() < 0.5)
      bySource[source]!.push({
        ...base,
        id: uuidFrom(random),
        type: 'engagement',
        name: 'engagement',
        time: Math.floor(time + gap / 2),
        seq: step * 2 + 2,
        passive: true,
        properties: { engagedMs: Math.floor(gap / 2) },
      })
    time += gap
  }
}

/** More by day than by night, and more on weekdays. */
function startOfVisit(until: number, random: () => number): number {
  for (;;) {
    const time = until - random() * DAYS * DAY_MS
    const date = new Date(time)
    const hour = date.getUTCHours()
    const isWeekend = date.getUTCDay() % 6 === 0
    const weight =
      (0.15 + 0.85 * Math.max(0, Math.sin(((hour - 5) / 24) * 2 * Math.PI))) * (isWeekend ? 0.5 : 1)
    if (random() < weight) return Math.floor(time)
  }
}

function pickDevice(random: () => number): BatchContext {
  let left = random() * DEVICES.reduce((sum, device) => sum + device.weight, 0)
  return DEVICES.find((device) => (left -= device.weight) < 0)!.context
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() ** 1.6 * items.length)]!
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function uuidFrom(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
