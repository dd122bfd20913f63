import type { Campaign, JsonObject } from '@sojourn/protocol'
import type { FactContext } from '../../ingest/fact.ts'
import { FIRST_RULEBOOK } from '../../scoring/score.ts'
import type { Score } from '../../scoring/score.ts'
import type { EventRef } from '../../session/event-order.ts'
import type {
  Dated,
  EdgeEvent,
  PropertiesRef,
  Referrer,
  SessionState,
  StampDetails,
} from '../../session/session-state.ts'
import { seal, unseal } from './checksum.ts'
import type { Contexts } from './contexts.ts'

/** An event that a state refers to: time and id, and of the edges also name, path and source. */
type EncodedEvent = [time: number, id: string, name?: string, path?: string | null, sourceId?: string]
/** A place in the list of events, and a value; for contexts the value is a row. */
type EncodedDated<Value> = [at: number, value: Value]

/** The fields that hold a context. */
type ContextField = 'device' | 'os' | 'app' | 'ip' | 'geo' | 'timezone' | 'language'

/** What a session is worth, as it stands in its state. */
export type EncodedScore = [rulebook: number, points: number, goals: readonly string[]]

/** A session state as JSON. Most of its fields come from one or two events, so these are listed once and referred to by place. */
interface EncodedState {
  readonly on: EncodedEvent[]
  readonly wrote: [createdAt: number, updatedAt: number]
  readonly counts: [events: number, pageViews: number, passive: number, engagedMs: number]
  readonly first: number
  readonly entry?: number
  readonly exit?: number
  readonly stamp?: EncodedDated<StampDetails>
  readonly utm?: EncodedDated<Campaign>
  readonly referrer?: EncodedDated<Referrer>
  readonly contexts: { readonly [Field in ContextField]?: EncodedDated<number> }
  /** The place alone where they stay with their event. */
  readonly properties?: number | EncodedDated<JsonObject>
  readonly userId?: EncodedDated<string>
  readonly timeoutMs?: EncodedDated<number>
  readonly traits?: [name: string, at: number, value: unknown][]
  readonly tags?: readonly string[]
  readonly sources: readonly string[]
  /** Absent under the first rulebook. */
  readonly score?: EncodedScore
}

/** The state as a text for the `state` column. Contexts go in as rows of the same database. */
export function encodeState(state: SessionState, contexts: Contexts): string {
  const on: EncodedEvent[] = []

  /** There are a few events, which comparing times tells apart faster than a map would. */
  function place({ time, id }: EventRef): number {
    for (let at = 0; at < on.length; at++) if (on[at]![0] === time && on[at]![1] === id) return at
    return on.push([time, id]) - 1
  }
  function edge(event: EdgeEvent): number {
    const at = place(event)
    on[at] = [event.time, event.id, event.name, event.path ?? null, event.sourceId]
    return at
  }
  function dated<Value>(found: Dated<Value> | undefined): EncodedDated<Value> | undefined {
    return found && [place(found), found.value]
  }
  function properties(found: PropertiesRef): number | EncodedDated<JsonObject> {
    return found.value ? [place(found), found.value] : place(found)
  }
  function context(found: Dated<FactContext> | undefined): EncodedDated<number> | undefined {
    return found && [place(found), contexts.intern(found.value).row]
  }

  // JSON leaves out what is undefined.
  const text = JSON.stringify({
    on,
    wrote: [state.createdAt, state.updatedAt],
    counts: [state.events, state.pageViews, state.passive, state.engagedMs],
    first: edge(state.first),
    entry: state.entry && edge(state.entry),
    exit: state.exit && edge(state.exit),
    stamp: dated(state.stamp),
    utm: dated(state.utm),
    referrer: dated(state.referrer),
    contexts: {
      device: context(state.device),
      os: context(state.os),
      app: context(state.app),
      ip: context(state.ip),
      geo: context(state.geo),
      timezone: context(state.timezone),
      language: context(state.language),
    } satisfies Record<ContextField, unknown>,
    properties: state.properties && properties(state.properties),
    userId: dated(state.userId),
    timeoutMs: dated(state.timeoutMs),
    traits:
      state.traits.size > 0
        ? [...state.traits].map(([name, trait]) => [name, place(trait), trait.value])
        : undefined,
    tags: state.tags.length > 0 ? state.tags : undefined,
    sources: state.sources,
    score: state.score.rulebook === FIRST_RULEBOOK ? undefined : encodeScore(state.score),
  })
  return seal(text)
}

/** The state that was encoded. Throws `StoreDamaged` where the text is another. */
export function decodeState(text: string, contexts: Contexts): SessionState {
  const encoded = JSON.parse(unseal(text)) as EncodedState

  function at(place: number): EventRef {
    const [time, id] = encoded.on[place]!
    return { time, id }
  }
  function edge(place: number): EdgeEvent {
    const [time, id, name, path, sourceId] = encoded.on[place]!
    return { time, id, name: name!, path: path ?? undefined, sourceId: sourceId! }
  }
  function dated<Value>(found: EncodedDated<Value> | undefined): Dated<Value> | undefined {
    return found && { ...at(found[0]), value: found[1] }
  }
  function properties(found: EncodedState['properties']): PropertiesRef | undefined {
    return typeof found === 'number' ? at(found) : dated(found)
  }
  function context(field: ContextField): Dated<FactContext> | undefined {
    const found = encoded.contexts[field]
    return found && { ...at(found[0]), value: contexts.read(found[1]) }
  }

  return {
    createdAt: encoded.wrote[0],
    updatedAt: encoded.wrote[1],
    events: encoded.counts[0],
    pageViews: encoded.counts[1],
    passive: encoded.counts[2],
    engagedMs: encoded.counts[3],
    first: edge(encoded.first),
    entry: encoded.entry === undefined ? undefined : edge(encoded.entry),
    exit: encoded.exit === undefined ? undefined : edge(encoded.exit),
    stamp: dated(encoded.stamp),
    utm: dated(encoded.utm),
    referrer: dated(encoded.referrer),
    device: context('device'),
    os: context('os'),
    app: context('app'),
    ip: context('ip'),
    geo: context('geo'),
    timezone: context('timezone'),
    language: context('language'),
    properties: properties(encoded.properties),
    userId: dated(encoded.userId),
    timeoutMs: dated(encoded.timeoutMs),
    traits: new Map(encoded.traits?.map(([name, place, value]) => [name, { ...at(place), value }])),
    tags: encoded.tags ?? [],
    sources: encoded.sources,
    score: decodeScore(encoded.score),
  }
}

/** The text of a state, with another score. Throws `StoreDamaged` where the text is another than was written. */
export function withScore(text: string, score: Score): string {
  return seal(JSON.stringify({ ...(JSON.parse(unseal(text)) as EncodedState), score: encodeScore(score) }))
}

/** A score as it stands in a state. */
function encodeScore({ rulebook, points, goals }: Score): EncodedScore {
  return [rulebook, points, goals]
}

function decodeScore([rulebook, points, goals]: EncodedScore = [FIRST_RULEBOOK, 0, []]): Score {
  return { rulebook, points, goals }
}
