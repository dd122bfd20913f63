import { MAX_ID_CHARS, MAX_NAME_CHARS } from '@sojourn/protocol'
import { RESERVED_NAMES } from './built-in.ts'
import {
  DEFAULT_DEFINITION_TIMEOUT_MS,
  MAX_DURATION_MS,
  MIN_DURATION_MS,
  SCOPES,
  SPLITS,
  TELLERS,
} from './definition.ts'
import type { Definition, Split } from './definition.ts'
import { formatDuration, parseDuration } from './duration.ts'
import { createFieldReader, quote } from './field-reader.ts'
import type { FieldReader } from './field-reader.ts'
import { isTimeZone } from './local-day.ts'
import { isPropertyPath } from './property-path.ts'

export type ParsedDefinition =
  | { readonly ok: true; readonly definition: Definition }
  | { readonly ok: false; readonly problems: readonly string[] }

/** A source as definitions name it. */
export interface NamedSource {
  readonly id: string
  readonly name: string
  readonly type: string
}

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
const MAX_EVENTS = 1_000_000

/**
 * A definition from an untrusted value, with defaults filled in; or every problem with it, one sentence each. With `sources` (all there
 * are), a source that does not exist and sources that none of the `sourceTypes` admits are problems too. Never throws.
 */
export function parseDefinition(value: unknown, sources?: readonly NamedSource[]): ParsedDefinition {
  const problems: string[] = []
  const fields = createFieldReader(value, '', problems)
  if (!fields) return { ok: false, problems }
  const draft = {
    name: readName(fields),
    scope: fields.oneOf('scope', SCOPES) ?? 'visitor',
    by: fields.oneOf('by', TELLERS) ?? 'gap',
    timeoutMs: readDuration(fields, 'timeout') ?? DEFAULT_DEFINITION_TIMEOUT_MS,
    splitOn: readSplits(fields),
    startEvents: fields.texts('startEvents', MAX_NAME_CHARS) ?? [],
    endEvents: fields.texts('endEvents', MAX_NAME_CHARS) ?? [],
    passiveEvents: fields.texts('passiveEvents', MAX_NAME_CHARS) ?? [],
  }
  const definition: Definition = {
    ...draft,
    ...present('maxLengthMs', readDuration(fields, 'maxLength')),
    ...present('maxEvents', fields.whole('maxEvents', 1, MAX_EVENTS)),
    ...present('dayBoundary', readZone(fields)),
    ...present('property', readProperty(fields)),
    ...present('sources', readSome(fields, 'sources')),
    ...present('sourceTypes', readSome(fields, 'sourceTypes')),
  }
  fields.refuseUnknown()
  problems.push(...contradictions(definition), ...(sources ? strangeSources(definition, sources) : []))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition }
}

function readName(fields: FieldReader): string {
  const name = fields.raw('name')
  if (typeof name !== 'string' || !NAME.test(name)) {
    fields.refuse('name', 'must be 1 to 64 small letters, digits and hyphens, and not begin with a hyphen.')
    return ''
  }
  if ((RESERVED_NAMES as readonly string[]).includes(name))
    fields.refuse('name', `cannot be ${quote(name)}: it is built in.`)
  return name
}

function readDuration(fields: FieldReader, key: string): number | undefined {
  const value = fields.raw(key)
  if (value === undefined) return undefined
  const durationMs = parseDuration(value)
  if (durationMs !== undefined && durationMs >= MIN_DURATION_MS && durationMs <= MAX_DURATION_MS)
    return durationMs
  fields.refuse(
    key,
    `must be from 1s to 365d, written as 90s, 30m, 6h, 2d or in milliseconds, not ${quote(value)}.`,
  )
  return undefined
}

function readSplits(fields: FieldReader): readonly Split[] {
  const splits = fields.texts('splitOn', MAX_NAME_CHARS) ?? []
  const strange = splits.filter((each) => !(SPLITS as readonly string[]).includes(each))
  for (const each of strange) fields.refuse('splitOn', `can hold ${SPLITS.join(', ')}, not ${quote(each)}.`)
  return strange.length > 0 ? [] : (splits as readonly Split[])
}

function readZone(fields: FieldReader): string | undefined {
  const zone = fields.raw('dayBoundary')
  if (zone === undefined || isTimeZone(zone)) return zone
  fields.refuse('dayBoundary', `must be a time zone such as America/New_York, not ${quote(zone)}.`)
  return undefined
}

function readProperty(fields: FieldReader): string | undefined {
  const path = fields.raw('property')
  if (path === undefined || isPropertyPath(path)) return path
  fields.refuse('property', `must be a path such as properties.order_id or traits.plan, not ${quote(path)}.`)
  return undefined
}

/** An empty list would admit no event at all, which nobody means. */
function readSome(fields: FieldReader, key: string): readonly string[] | undefined {
  const list = fields.texts(key, MAX_ID_CHARS)
  if (list?.length === 0) fields.refuse(key, 'must name at least one; leave it out for all.')
  return list
}

function contradictions(definition: Definition): string[] {
  const problems: string[] = []
  if (definition.by === 'client' && definition.scope === 'profile')
    problems.push('scope profile contradicts by client: the id that came with an event is one browser’s.')
  if (definition.scope === 'profile' && definition.splitOn.includes('user'))
    problems.push('splitOn user contradicts scope profile: a profile has one user, so it could never split.')
  if (definition.maxLengthMs !== undefined && definition.maxLengthMs < definition.timeoutMs)
    problems.push(
      `maxLength ${formatDuration(definition.maxLengthMs)} is shorter than timeout ${formatDuration(definition.timeoutMs)}, ` +
        'which could then never end a session: give a timeout no longer than that.',
    )
  for (const name of definition.passiveEvents) {
    if (definition.startEvents.includes(name))
      problems.push(`${quote(name)} is in passiveEvents and startEvents: a passive event starts no session.`)
    if (definition.endEvents.includes(name))
      problems.push(`${quote(name)} is in passiveEvents and endEvents: a passive event ends no session.`)
  }
  return problems
}

function strangeSources(definition: Definition, sources: readonly NamedSource[]): string[] {
  return (definition.sources ?? []).flatMap((wanted) => {
    const found = sources.filter(({ id, name }) => id === wanted || name === wanted)
    if (found.length === 0) return [`sources names ${quote(wanted)}, but there is no such source.`]
    const types = definition.sourceTypes
    if (types === undefined || found.some(({ type }) => types.includes(type))) return []
    return [
      `sources names ${quote(wanted)}, but its type is none of sourceTypes: its events could never take part.`,
    ]
  })
}

function present<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value })
}
