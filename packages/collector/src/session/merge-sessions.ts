import { addScores } from '../scoring/score.ts'
import { compareCodePoints, compareEvents, earlier, later } from './event-order.ts'
import { mergeTexts } from './merge-texts.ts'
import { MAX_SESSION_SOURCES, MAX_SESSION_TAGS, MAX_SESSION_TRAITS } from './session-state.ts'
import type { Dated, SessionState } from './session-state.ts'

type Traits = ReadonlyMap<string, Dated<unknown>>

/**
 * The state of the session that holds the events of both; they must have no event in common.
 * Associative and commutative: each field is a sum, an extreme, or a set cut to its first members.
 */
export function mergeSessions(a: SessionState, b: SessionState): SessionState {
  return {
    createdAt: Math.min(a.createdAt, b.createdAt),
    updatedAt: Math.max(a.updatedAt, b.updatedAt),
    events: a.events + b.events,
    pageViews: a.pageViews + b.pageViews,
    passive: a.passive + b.passive,
    engagedMs: a.engagedMs + b.engagedMs,
    first: earlier(a.first, b.first)!,
    entry: earlier(a.entry, b.entry),
    exit: later(a.exit, b.exit),
    stamp: earlier(a.stamp, b.stamp),
    utm: earlier(a.utm, b.utm),
    referrer: earlier(a.referrer, b.referrer),
    device: earlier(a.device, b.device),
    os: earlier(a.os, b.os),
    app: earlier(a.app, b.app),
    ip: earlier(a.ip, b.ip),
    geo: earlier(a.geo, b.geo),
    timezone: earlier(a.timezone, b.timezone),
    language: earlier(a.language, b.language),
    properties: earlier(a.properties, b.properties),
    userId: later(a.userId, b.userId),
    timeoutMs: later(a.timeoutMs, b.timeoutMs),
    traits: mergeTraits(a.traits, b.traits),
    tags: mergeTexts(a.tags, b.tags, MAX_SESSION_TAGS),
    sources: mergeTexts(a.sources, b.sources, MAX_SESSION_SOURCES),
    score: addScores(a.score, b.score),
  }
}

/**
 * Per trait the later value; of too many traits, those that were set last (within one event, by name).
 * A trait that falls out of either side has as many later ones before it in the union, so that cutting early changes nothing.
 */
export function mergeTraits(a: Traits, b: Traits): Traits {
  if (b.size === 0 && a.size <= MAX_SESSION_TRAITS) return a
  const merged = new Map(a)
  for (const [name, value] of b) merged.set(name, later(merged.get(name), value)!)
  if (merged.size <= MAX_SESSION_TRAITS) return merged
  const latestFirst = [...merged].sort(
    ([nameA, valueA], [nameB, valueB]) => compareEvents(valueB, valueA) || compareCodePoints(nameA, nameB),
  )
  return new Map(latestFirst.slice(0, MAX_SESSION_TRAITS))
}
