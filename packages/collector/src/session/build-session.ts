import type { EpochMs, JsonObject, Lifecycle, SessionObject, SessionSegment } from '@sojourn/protocol'
import type { FactContext } from '../ingest/fact.ts'
import { FIRST_RULEBOOK } from '../scoring/score.ts'
import { profileId } from './derived-id.ts'
import type { Key } from './derived-id.ts'
import { describeContext } from './describe-context.ts'
import type { ContextDescription } from './describe-context.ts'
import { boundedEnd } from './session-bounds.ts'
import type { SessionBound, SessionBounds } from './session-bounds.ts'
import type { Dated, EdgeEvent, SessionState } from './session-state.ts'
import { durationSeconds, openingEvent, sessionStatus } from './session-times.ts'
import { weekday } from './weekday.ts'

/** A session's state, and what the state leaves where it is. */
export interface ToldSession {
  readonly id: string
  readonly definition: string
  readonly key: Key
  readonly state: SessionState
  readonly source: { readonly id: string; readonly name: string; readonly type: string }
  readonly segments: readonly SessionSegment[]
  /** The properties of the event that `state.properties` refers to. */
  readonly properties: JsonObject | undefined
  /** Undefined under `client`, where the sender knows. */
  readonly bounds?: SessionBounds | undefined
  readonly lifecycle?: Lifecycle | undefined
}

/** The session object of design section 5, at a time. Fields that nothing is known of are absent. Pure. */
export function buildSession(told: ToldSession, now: EpochMs): SessionObject {
  const { state, key, bounds } = told
  const insert = openingEvent(state).time
  const timezone = described(state.timezone)?.timezone
  const app = describeApp(state)
  const userId = key.kind === 'user' ? key.id : state.userId?.value
  return {
    id: told.id,
    definition: told.definition,
    metadata: {
      time: {
        insert: iso(insert),
        create: iso(state.createdAt),
        update: iso(state.updatedAt),
        timestamp: insert / 1000,
        duration: durationSeconds(state),
        engaged: Math.floor(state.engagedMs / 1000),
        weekday: weekday(insert, timezone),
      },
      // Only browsers show pages; whatever else sends events is on the other side of the wire.
      channel: app?.type === 'browser' ? 'web' : 'server',
      status: sessionStatus(state, now, bounds && boundedEnd(state, bounds)),
    },
    ...(bounds ? describeBounds(bounds) : state.stamp?.value),
    profile:
      userId === undefined ? { id: profileId(key) } : { id: profileId({ kind: 'user', id: userId }), userId },
    ...(key.kind === 'visitor' && { visitor: { id: key.id } }),
    source: told.source,
    segments: told.segments,
    ...optional('lifecycle', told.lifecycle),
    ...optional('device', describeDeviceOf(state)),
    ...optional('os', described(state.os)?.os),
    ...optional('app', app),
    ...optional('utm', describeUtm(state)),
    ...optional('referrer', state.referrer?.value),
    ...optional('context', timezone === undefined ? undefined : { timezone }),
    ...optional('properties', told.properties),
    ...optional('traits', describeTraits(state)),
    counts: { events: state.events, pageViews: state.pageViews, passive: state.passive },
    tags: state.tags,
    ...optional('entry', state.entry && toEdge(state.entry)),
    ...optional('exit', state.exit && toEdge(state.exit)),
    bounce: state.events === 1,
    ...describeScore(state),
  }
}

/** Nothing where no rules were ever given, or where the rules of two moments have met and the session is about to be scored again. */
function describeScore({ score }: SessionState): Pick<SessionObject, 'points' | 'goals'> {
  return score.rulebook > FIRST_RULEBOOK ? { points: score.points, goals: score.goals } : {}
}

function describeBounds({
  start,
  end,
}: SessionBounds): Pick<SessionObject, 'startReason' | 'endReason' | 'why'> {
  const place = ({ event, gapMs }: SessionBound) => ({ event, ...optional('gapMs', gapMs) })
  return {
    startReason: start.rule,
    ...optional('endReason', end?.rule),
    why: { start: place(start), ...optional('end', end && place(end)) },
  }
}

/** The device type of a session, such as `mobile`. */
export function deviceType(state: SessionState): string | undefined {
  return described(state.device)?.device?.type
}

/** ISO 3166-1 alpha-2 code of the country of a session. */
export function countryCode(state: SessionState): string | undefined {
  return described(state.geo)?.geo?.country?.code
}

function described(found: Dated<FactContext> | undefined): ContextDescription | undefined {
  return found && describeContext(found.value)
}

function describeDeviceOf(state: SessionState): SessionObject['device'] {
  const parts = {
    ...described(state.device)?.device,
    ...optional('ip', described(state.ip)?.ip),
    ...optional('geo', described(state.geo)?.geo),
  }
  return Object.keys(parts).length > 0 ? parts : undefined
}

function describeApp(state: SessionState): SessionObject['app'] {
  const app = described(state.app)?.app
  const language = described(state.language)?.language
  return app && language !== undefined ? { ...app, language } : app
}

function describeUtm({ utm }: SessionState): SessionObject['utm'] {
  if (!utm) return undefined
  const { name, ...rest } = utm.value
  return { ...rest, ...optional('campaign', name) }
}

/** By name, so that equal sessions read alike. */
function describeTraits({ traits }: SessionState): JsonObject | undefined {
  if (traits.size === 0) return undefined
  const byName = [...traits].sort(([a], [b]) => (a < b ? -1 : 1))
  // fromEntries defines properties, so that a trait named __proto__ stays a plain key.
  return Object.fromEntries(byName.map(([name, { value }]) => [name, value]))
}

function toEdge({ name, path, time }: EdgeEvent): NonNullable<SessionObject['entry']> {
  return { name, ...optional('path', path), time: iso(time) }
}

/** An object with the field, or without it when there is no value. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value })
}

function iso(time: EpochMs): string {
  return new Date(time).toISOString()
}
