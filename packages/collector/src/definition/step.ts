import type { EpochMs } from '@sojourn/protocol'
import type { Rules } from './compile-rules.ts'
import type { EventColumns } from './event-columns.ts'
import { ACCOMPANIES, JOINS, OUTSIDE, STAMPED, ruleNumber } from './rule-name.ts'
import type { Verdict } from './rule-name.ts'

/**
 * All that the rules know of a key's past. Plain numbers, so that a store can keep it: with it, the next event of a key is told without
 * reading the earlier ones. `step` changes it in place, because it runs for every event of a rebuild.
 */
export interface OpenSession {
  isOpen: boolean
  /** False until the key's first session. */
  hadSession: boolean
  /** Row of the event that began it; -1 before the first. */
  firstRow: number
  start: EpochMs
  /** Time of the last non-passive event; stays after the session is closed. */
  lastActive: EpochMs
  /** Non-passive events so far. */
  events: number
  /** Number of the local date of its start, where the definition has a day boundary. */
  day: number
  /** Numbers as in the event columns; 0: none. */
  stamp: number
  user: number
  campaign: number
  referrer: number
  property: number
}

/** The state of a key that has no events yet. */
export function createOpenSession(): OpenSession {
  return {
    isOpen: false,
    hadSession: false,
    firstRow: -1,
    start: 0,
    lastActive: 0,
    events: 0,
    day: 0,
    stamp: 0,
    user: 0,
    campaign: 0,
    referrer: 0,
    property: 0,
  }
}

const FIRST = ruleNumber('first')
const CLIENT = ruleNumber('client')
const END_EVENT = ruleNumber('end-event')
const TIMEOUT = ruleNumber('timeout')
const MAX_LENGTH = ruleNumber('max-length')
const MAX_EVENTS = ruleNumber('max-events')
const DAY = ruleNumber('day')
const START_EVENT = ruleNumber('start-event')
const USER = ruleNumber('user')
const CAMPAIGN = ruleNumber('campaign')
const REFERRER = ruleNumber('referrer')
const PROPERTY = ruleNumber('property')

/** Tells the event in one row of the columns, and brings `open` up to date. */
export type Step = (open: OpenSession, events: EventColumns, row: number) => Verdict

/**
 * The function that tells the events of a key, one by one in (time, id) order: whether an event joins the open session, begins one (and by
 * which rule) or stands outside. It is what a definition means; rebuild, live upkeep and the tests all run on it.
 * An event that came with a session id, under `by: client`, belongs to that session whatever the rules say.
 */
export function createStep(rules: Rules): Step {
  return (open, events, row) => step(rules, open, events, row)
}

function step(rules: Rules, open: OpenSession, events: EventColumns, row: number): Verdict {
  if (rules.sources !== undefined && !rules.sources.has(events.source![row]!)) return OUTSIDE
  const time = events.time[row]!
  const name = rules.usesNames ? events.name![row]! : 0
  const stamp = rules.byClient ? events.stamp![row]! : 0
  if (events.passive[row] === 1 || (rules.usesNames && rules.passiveNames.has(name))) {
    if (stamp !== 0) return STAMPED
    return open.isOpen && time - open.lastActive < rules.timeoutMs ? ACCOMPANIES : OUTSIDE
  }
  const verdict =
    stamp === 0 ? whyNew(rules, open, events, row) : stamp === open.stamp && open.isOpen ? JOINS : CLIENT
  if (verdict !== JOINS) begin(rules, open, events, row)
  else {
    open.events += 1
    if (rules.splitOnUser && events.user![row] !== 0) open.user = events.user![row]!
    if (rules.splitOnProperty && open.property === 0) open.property = events.property![row]!
  }
  open.lastActive = time
  if (rules.usesNames && rules.endNames.has(name)) open.isOpen = false
  return verdict
}

function whyNew(rules: Rules, open: OpenSession, events: EventColumns, row: number): Verdict {
  if (!open.isOpen) return open.hadSession ? END_EVENT : FIRST
  const time = events.time[row]!
  if (time - open.lastActive >= rules.timeoutMs) return TIMEOUT
  if (time - open.start >= rules.maxLengthMs) return MAX_LENGTH
  if (open.events >= rules.maxEvents) return MAX_EVENTS
  if (rules.localDay !== undefined && rules.localDay(time) !== open.day) return DAY
  if (rules.usesNames && rules.startNames.has(events.name![row]!)) return START_EVENT
  // A user or property that is not known yet is learnt from the event; a campaign or referrer is that of the first event, perhaps none.
  if (rules.splitOnUser && open.user !== 0 && isOther(events.user![row]!, open.user)) return USER
  if (rules.splitOnCampaign && isOther(events.campaign![row]!, open.campaign)) return CAMPAIGN
  if (rules.splitOnReferrer && isOther(events.referrer![row]!, open.referrer)) return REFERRER
  if (rules.splitOnProperty && open.property !== 0 && isOther(events.property![row]!, open.property))
    return PROPERTY
  return JOINS
}

function isOther(brought: number, known: number): boolean {
  return brought !== 0 && brought !== known
}

function begin(rules: Rules, open: OpenSession, events: EventColumns, row: number): void {
  const time = events.time[row]!
  open.isOpen = true
  open.hadSession = true
  open.firstRow = row
  open.start = time
  open.events = 1
  if (rules.localDay !== undefined) open.day = rules.localDay(time)
  open.stamp = rules.byClient ? events.stamp![row]! : 0
  if (rules.splitOnUser) open.user = events.user![row]!
  if (rules.splitOnCampaign) open.campaign = events.campaign![row]!
  if (rules.splitOnReferrer) open.referrer = events.referrer![row]!
  if (rules.splitOnProperty) open.property = events.property![row]!
}
