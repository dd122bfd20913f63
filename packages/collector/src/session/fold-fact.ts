import { MAX_TIMEOUT_MS } from '@sojourn/protocol'
import type { StartReason, WireEvent } from '@sojourn/protocol'
import type { Fact, FactContext } from '../ingest/fact.ts'
import { isLinkingUserId } from '../profile/linking-user.ts'
import { describeContext } from './describe-context.ts'
import { compareCodePoints, compareEvents, earlier, later } from './event-order.ts'
import type { EventRef } from './event-order.ts'
import { externalReferrer } from './external-referrer.ts'
import { addScores, scoreNothing } from '../scoring/score.ts'
import type { ScoreEvent } from '../scoring/score.ts'
import { mergeTraits } from './merge-sessions.ts'
import { mergeTexts } from './merge-texts.ts'
import { MAX_SESSION_SOURCES, MAX_SESSION_TAGS, MAX_TRAIT_CHARS } from './session-state.ts'
import type { Dated, EdgeEvent, SessionState, StampDetails } from './session-state.ts'

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
  const { event, context, time, receivedAt, sourceId } = fact
  const ref: EventRef = { time, id: event.id }
  const isActive = !event.passive
  const edge: EdgeEvent = { time, id: event.id, name: event.name, path: event.page?.path, sourceId }
  const about = describeContext(context)
  const here: Dated<FactContext> = { time, id: event.id, value: context }
  return {
    createdAt: Math.min(state.createdAt, receivedAt),
    updatedAt: Math.max(state.updatedAt, receivedAt),
    events: state.events + Number(isActive),
    pageViews: state.pageViews + Number(isActive && event.type === 'page'),
    passive: state.passive + Number(event.passive),
    engagedMs: state.engagedMs + engagedMs(event),
    first: earlier(state.first, edge)!,
    entry: isActive ? earlier(state.entry, edge) : state.entry,
    exit: isActive ? later(state.exit, edge) : state.exit,
    stamp: isBefore(state.stamp, ref) ? state.stamp : (dated(ref, stampDetails(event)) ?? state.stamp),
    utm: isBefore(state.utm, ref) ? state.utm : (dated(ref, hasKeys(event.campaign)) ?? state.utm),
    referrer: isBefore(state.referrer, ref)
      ? state.referrer
      : (dated(ref, externalReferrer(event.page)) ?? state.referrer),
    device: about.device === undefined ? state.device : earlier(state.device, here),
    os: about.os === undefined ? state.os : earlier(state.os, here),
    app: about.app === undefined ? state.app : earlier(state.app, here),
    ip: about.ip === undefined ? state.ip : earlier(state.ip, here),
    geo: about.geo === undefined ? state.geo : earlier(state.geo, here),
    timezone: about.timezone === undefined ? state.timezone : earlier(state.timezone, here),
    language: about.language === undefined ? state.language : earlier(state.language, here),
    properties: isActive && hasKeys(event.properties) ? earlier(state.properties, ref) : state.properties,
    userId: later(state.userId, dated(ref, linkingUser(event))),
    timeoutMs: later(state.timeoutMs, dated(ref, about.timeoutMs)),
    traits: event.traits ? mergeTraits(state.traits, traitsOf(ref, event.traits)) : state.traits,
    tags: event.tags ? mergeTexts(state.tags, tagsOf(event.tags), MAX_SESSION_TAGS) : state.tags,
    sources: state.sources.includes(sourceId)
      ? state.sources
      : mergeTexts(state.sources, [sourceId], MAX_SESSION_SOURCES),
    score: addScores(state.score, scoreEvent(event, state.score.rulebook)),
  }
}

/** The state of the session that consists of this event alone. */
export function stateOf(fact: Fact, scoreEvent: ScoreEvent = scoreNothing): SessionState {
  const { event, context, time, sourceId } = fact
  const ref: EventRef = { time, id: event.id }
  const edge: EdgeEvent = { ...ref, name: event.name, path: event.page?.path, sourceId }
  const about = describeContext(context)
  const here: Dated<FactContext> = { time, id: event.id, value: context }
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
    stamp: dated(ref, stampDetails(event)),
    utm: dated(ref, hasKeys(event.campaign)),
    referrer: dated(ref, externalReferrer(event.page)),
    device: about.device === undefined ? undefined : here,
    os: about.os === undefined ? undefined : here,
    app: about.app === undefined ? undefined : here,
    ip: about.ip === undefined ? undefined : here,
    geo: about.geo === undefined ? undefined : here,
    timezone: about.timezone === undefined ? undefined : here,
    language: about.language === undefined ? undefined : here,
    properties: !event.passive && hasKeys(event.properties) ? ref : undefined,
    userId: dated(ref, linkingUser(event)),
    timeoutMs: dated(ref, about.timeoutMs),
    traits: event.traits ? traitsOf(ref, event.traits) : NO_TRAITS,
    tags: event.tags ? tagsOf(event.tags) : [],
    sources: [sourceId],
    score: scoreEvent(event),
  }
}

function isBefore(known: EventRef | undefined, ref: EventRef): boolean {
  return known !== undefined && compareEvents(known, ref) < 0
}

function dated<Value>(ref: EventRef, value: Value | undefined): Dated<Value> | undefined {
  return value === undefined ? undefined : { ...ref, value }
}

function hasKeys<Shape extends object>(value: Shape | undefined): Shape | undefined {
  return value && Object.keys(value).length > 0 ? value : undefined
}

/** The user, where the id is one that can stand for a person. */
function linkingUser({ userId }: WireEvent): string | undefined {
  return userId !== undefined && isLinkingUserId(userId) ? userId : undefined
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

function traitsOf(ref: EventRef, traits: object): ReadonlyMap<string, Dated<unknown>> {
  const short = Object.entries(traits).filter(([, value]) => JSON.stringify(value).length <= MAX_TRAIT_CHARS)
  return mergeTraits(
    new Map(short.map(([name, value]) => [name, { ...ref, value: value as unknown }])),
    NO_TRAITS,
  )
}
