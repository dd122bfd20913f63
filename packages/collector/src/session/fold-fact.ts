import { MAX_TIMEOUT_MS } from '@sojourn/protocol'
import type { JsonObject, StartReason, WireEvent } from '@sojourn/protocol'
import type { Fact, FactContext } from '../ingest/fact.ts'
import { linkingUser } from '../profile/linking-user.ts'
import { describeContext } from './describe-context.ts'
import { compareCodePoints, compareIds } from './event-order.ts'
import type { EventRef } from './event-order.ts'
import { externalReferrer } from './external-referrer.ts'
import { addScores, scoreNothing } from '../scoring/score.ts'
import type { ScoreEvent } from '../scoring/score.ts'
import { mergeTraits } from './merge-sessions.ts'
import { mergeTexts } from './merge-texts.ts'
import {
  MAX_PROPERTIES_CHARS,
  MAX_SESSION_SOURCES,
  MAX_SESSION_TAGS,
  MAX_TRAIT_CHARS,
} from './session-state.ts'
import type { Dated, EdgeEvent, PropertiesRef, SessionState, StampDetails } from './session-state.ts'

/** No page is looked at for longer without a new event, in ms: more is a broken clock or a forged figure, and counts as nothing. */
const MAX_ENGAGED_MS = MAX_TIMEOUT_MS

const NO_TRAITS: ReadonlyMap<string, Dated<unknown>> = new Map()

/**
 * The state of a session with one more event, which must not be in it yet: the store keeps each exactly once. It equals
 * `mergeSessions(state, stateOf(fact))`, but reads of the event only what the session does not know from an earlier one.
 * An event is scored by the rulebook that its session was scored by.
 */
export function foldFact(
  state: SessionState | undefined,
  fact: Fact,
  scoreEvent: ScoreEvent = scoreNothing,
): SessionState {
  if (!state) return stateOf(fact, scoreEvent)
  const { event, context, receivedAt, sourceId } = fact
  const isActive = !event.passive
  const isFirst = isAhead(fact, state.first)
  const isEntry = isActive && isAhead(fact, state.entry)
  const isExit = isActive && isBehind(fact, state.exit)
  // Most events go on from where the session was: what is not made for those need not be collected as garbage.
  const edge = isFirst || isEntry || isExit ? edgeOf(fact) : undefined
  const about = describeContext(context)
  const from = (known: Dated<FactContext> | undefined, value: unknown): Dated<FactContext> | undefined =>
    value !== undefined && isAhead(fact, known) ? dated(fact, context) : known
  const userId = linkingUser(event)
  return {
    createdAt: Math.min(state.createdAt, receivedAt),
    updatedAt: Math.max(state.updatedAt, receivedAt),
    events: isActive ? state.events + 1 : state.events,
    pageViews: isActive && event.type === 'page' ? state.pageViews + 1 : state.pageViews,
    passive: isActive ? state.passive : state.passive + 1,
    engagedMs: state.engagedMs + engagedMs(event),
    first: isFirst ? edge! : state.first,
    entry: isEntry ? edge : state.entry,
    exit: isExit ? edge : state.exit,
    stamp: (isAhead(fact, state.stamp) && dated(fact, stampDetails(event))) || state.stamp,
    utm: (isAhead(fact, state.utm) && dated(fact, hasKeys(event.campaign))) || state.utm,
    referrer: (isAhead(fact, state.referrer) && dated(fact, externalReferrer(event.page))) || state.referrer,
    device: from(state.device, about.device),
    os: from(state.os, about.os),
    app: from(state.app, about.app),
    ip: from(state.ip, about.ip),
    geo: from(state.geo, about.geo),
    timezone: from(state.timezone, about.timezone),
    language: from(state.language, about.language),
    properties:
      (isActive && isAhead(fact, state.properties) && propertiesOf(fact, hasKeys(event.properties))) ||
      state.properties,
    userId: userId !== undefined && isBehind(fact, state.userId) ? dated(fact, userId) : state.userId,
    timeoutMs:
      about.timeoutMs !== undefined && isBehind(fact, state.timeoutMs)
        ? dated(fact, about.timeoutMs)
        : state.timeoutMs,
    traits: event.traits ? mergeTraits(state.traits, traitsOf(fact, event.traits)) : state.traits,
    tags: event.tags ? mergeTexts(state.tags, tagsOf(event.tags), MAX_SESSION_TAGS) : state.tags,
    sources: state.sources.includes(sourceId)
      ? state.sources
      : mergeTexts(state.sources, [sourceId], MAX_SESSION_SOURCES),
    score: addScores(state.score, scoreEvent(event, state.score.rulebook)),
  }
}

/** The state of the session that consists of this event alone. */
export function stateOf(fact: Fact, scoreEvent: ScoreEvent = scoreNothing): SessionState {
  const { event, context, sourceId } = fact
  const edge = edgeOf(fact)
  const about = describeContext(context)
  const here = dated(fact, context)
  return {
    createdAt: fact.receivedAt,
    updatedAt: fact.receivedAt,
    events: event.passive ? 0 : 1,
    pageViews: !event.passive && event.type === 'page' ? 1 : 0,
    passive: event.passive ? 1 : 0,
    engagedMs: engagedMs(event),
    first: edge,
    entry: event.passive ? undefined : edge,
    exit: event.passive ? undefined : edge,
    stamp: dated(fact, stampDetails(event)),
    utm: dated(fact, hasKeys(event.campaign)),
    referrer: dated(fact, externalReferrer(event.page)),
    device: about.device === undefined ? undefined : here,
    os: about.os === undefined ? undefined : here,
    app: about.app === undefined ? undefined : here,
    ip: about.ip === undefined ? undefined : here,
    geo: about.geo === undefined ? undefined : here,
    timezone: about.timezone === undefined ? undefined : here,
    language: about.language === undefined ? undefined : here,
    properties: event.passive ? undefined : propertiesOf(fact, hasKeys(event.properties)),
    userId: dated(fact, linkingUser(event)),
    timeoutMs: dated(fact, about.timeoutMs),
    traits: event.traits ? traitsOf(fact, event.traits) : NO_TRAITS,
    tags: event.tags ? tagsOf(event.tags) : [],
    sources: [sourceId],
    score: scoreEvent(event),
  }
}

/** True where the event comes before what is known, or nothing is. */
function isAhead({ time, event }: Fact, known: EventRef | undefined): boolean {
  if (known === undefined || time < known.time) return true
  return time === known.time && compareIds(event.id, known.id) < 0
}

/** True where the event comes after what is known, or nothing is. */
function isBehind({ time, event }: Fact, known: EventRef | undefined): boolean {
  if (known === undefined || time > known.time) return true
  return time === known.time && compareIds(event.id, known.id) > 0
}

function propertiesOf({ time, event }: Fact, value: JsonObject | undefined): PropertiesRef | undefined {
  if (!value) return undefined
  const isShort = JSON.stringify(value).length <= MAX_PROPERTIES_CHARS
  return isShort ? { time, id: event.id, value } : { time, id: event.id }
}

function edgeOf({ time, event, sourceId }: Fact): EdgeEvent {
  return { time, id: event.id, name: event.name, path: event.page?.path, sourceId }
}

function dated<Value>({ time, event }: Fact, value: Value | undefined): Dated<Value> | undefined {
  return value === undefined ? undefined : { time, id: event.id, value }
}

function hasKeys<Shape extends object>(value: Shape | undefined): Shape | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined
}

function stampDetails({ session }: WireEvent): StampDetails | undefined {
  if (!session) return undefined
  const details: { number?: number; previousId?: string; startReason?: StartReason } = {}
  if (session.number !== undefined) details.number = session.number
  if (session.previousId !== undefined) details.previousId = session.previousId
  if (session.startReason !== undefined) details.startReason = session.startReason
  return hasKeys(details)
}

/** Whole ms, so that the sum of many does not depend on their order. */
function engagedMs({ type, properties }: WireEvent): number {
  if (type !== 'engagement' || !properties || !Object.hasOwn(properties, 'engagedMs')) return 0
  const ms = properties['engagedMs']
  return typeof ms === 'number' && ms >= 0 && ms <= MAX_ENGAGED_MS ? Math.round(ms) : 0
}

function tagsOf(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].sort(compareCodePoints).slice(0, MAX_SESSION_TAGS)
}

function traitsOf(fact: Fact, traits: object): ReadonlyMap<string, Dated<unknown>> {
  const short = Object.entries(traits).filter(([, value]) => JSON.stringify(value).length <= MAX_TRAIT_CHARS)
  return mergeTraits(new Map(short.map(([name, value]) => [name, dated<unknown>(fact, value)!])), NO_TRAITS)
}
