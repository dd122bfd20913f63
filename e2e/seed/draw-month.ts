import { DEFAULT_TIMEOUT_MS } from '@sojourn/protocol'
import type { EventBatch, StartReason, WireEvent } from '@sojourn/protocol'
import { PLANS, ROLES, SEED_SOURCES } from './acme.ts'
import { chanceFrom, pick, pickWeighted, uuidFrom } from './chance.ts'
import type { Chance } from './chance.ts'
import { DEVICES } from './devices.ts'
import type { Device } from './devices.ts'
import { drawVisit } from './draw-visit.ts'

/** A month of visits to three sites. */
export interface MonthOptions {
  /** About how many events; people are whole, so it is a few more. */
  readonly events: number
  /** The moment the last visits may reach, in epoch ms. */
  readonly until: number
}

const SEED = 20_240_601
const DAY_MS = 86_400_000
const DAYS = 30
const BATCH_EVENTS = 400
/** So many people log in at their second visit, and so many of them use another device, too. */
const USERS = 0.4
const TWO_DEVICES = 0.35

/** One browser of a person, and where its telling stands. */
interface Browser {
  readonly device: Device
  readonly visitorId: string
  visits: number
  isKnown: boolean
  previousId: string | undefined
  /** When its latest visit ended, in epoch ms. */
  lastActive: number
}

/** What one browser sent to one site. */
interface Share {
  readonly device: Device
  readonly source: number
  readonly events: readonly WireEvent[]
}

/** The batches of a month; the same for the same options. A batch holds what one kind of device sent to one site. */
export function* drawMonth({ events, until }: MonthOptions): Generator<EventBatch> {
  const chance = chanceFrom(SEED)
  const waiting = new Map(DEVICES.map((device) => [device, SEED_SOURCES.map((): WireEvent[] => [])]))
  const batchOf = (device: Device, source: number, sent: readonly WireEvent[]): EventBatch => ({
    writeKey: SEED_SOURCES[source]!.writeKey,
    sentAt: until,
    context: device.context,
    events: sent,
  })
  let drawn = 0
  for (let person = 0; drawn < events; person++)
    for (const { device, source, events: more } of drawPerson(person, until, chance)) {
      drawn += more.length
      const list = waiting.get(device)![source]!
      list.push(...more)
      while (list.length >= BATCH_EVENTS) yield batchOf(device, source, list.splice(0, BATCH_EVENTS))
    }
  for (const [device, bySource] of waiting)
    for (const [source, list] of bySource.entries()) if (list.length > 0) yield batchOf(device, source, list)
}

function* drawPerson(person: number, until: number, chance: Chance): Generator<Share> {
  const visits = 1 + Math.floor(chance() ** 3 * 9)
  const isUser = chance() < USERS
  const browsers = [newBrowser(chance), ...(isUser && chance() < TWO_DEVICES ? [newBrowser(chance)] : [])]
  const traits = { plan: pick(PLANS, chance), role: pick(ROLES, chance), company: `Company ${person % 90}` }
  const starts = Array.from({ length: visits }, () => startOfVisit(until, chance)).sort((a, b) => a - b)
  const sent = new Map<Browser, WireEvent[][]>(browsers.map((browser) => [browser, [[], [], []]]))
  starts.forEach((start, index) => {
    const browser = browsers[index === 0 || chance() < 0.6 ? 0 : browsers.length - 1]!
    const isLogin = isUser && index > 0 && !browser.isKnown
    browser.isKnown ||= isLogin
    const id = uuidFrom(chance)
    const told = drawVisit(
      {
        visitorId: browser.visitorId,
        ...(browser.isKnown ? { userId: `user-${1000 + person}` } : {}),
        ...(isLogin ? { traits } : {}),
        session: {
          id,
          number: ++browser.visits,
          startedAt: start,
          startReason: whyBegun(browser, start),
          ...(browser.previousId === undefined ? {} : { previousId: browser.previousId }),
        },
        start,
        until,
      },
      chance,
    )
    browser.previousId = id
    browser.lastActive = Math.max(...told.flat().map(({ time }) => time))
    told.forEach((list, source) => sent.get(browser)![source]!.push(...list))
  })
  for (const [{ device }, bySource] of sent)
    for (const [source, list] of bySource.entries()) yield { device, source, events: list }
}

/** A visit that follows another one within the timeout began because the browser had been closed. */
function whyBegun({ previousId, lastActive }: Browser, start: number): StartReason {
  if (previousId === undefined) return 'first'
  return start - lastActive >= DEFAULT_TIMEOUT_MS ? 'timeout' : 'closed'
}

function newBrowser(chance: Chance): Browser {
  return {
    device: pickWeighted(DEVICES, chance),
    visitorId: uuidFrom(chance),
    visits: 0,
    isKnown: false,
    previousId: undefined,
    lastActive: 0,
  }
}

/** More by day than by night, and more on weekdays. */
function startOfVisit(until: number, chance: Chance): number {
  for (;;) {
    const time = until - chance() * DAYS * DAY_MS
    const date = new Date(time)
    const hour = date.getUTCHours()
    const isWeekend = date.getUTCDay() % 6 === 0
    const weight =
      (0.15 + 0.85 * Math.max(0, Math.sin(((hour - 5) / 24) * 2 * Math.PI))) * (isWeekend ? 0.5 : 1)
    if (chance() < weight) return Math.floor(time)
  }
}
