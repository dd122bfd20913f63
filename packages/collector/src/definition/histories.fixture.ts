import { fc } from '@fast-check/vitest'
import { compileRules } from './compile-rules.ts'
import type { Rules } from './compile-rules.ts'
import type { Definition } from './definition.ts'
import type { EventColumns } from './event-columns.ts'
import type { PlainEvent } from './naive-telling.fixture.ts'

/** Event names that histories and definitions draw from: number = position + 1. */
export const NAMES = ['page_view', 'login', 'logout', 'heartbeat', 'order'] as const
/** Sources: number = position + 1. */
export const SOURCES = [
  { id: 'shop', name: 'Shop', type: 'product' },
  { id: 'blog', name: 'Blog', type: 'marketing' },
] as const

const number = (max: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max }))

// Two minutes before midnight in New York, in London's winter and in Kolkata, in the night in which New York's summer time ends.
const BEGINNINGS = [
  Date.UTC(2024, 10, 3, 3, 58),
  Date.UTC(2024, 10, 2, 23, 58),
  Date.UTC(2024, 10, 2, 18, 28),
]
// Gaps on, just below and just above the rules' bounds are common, and so are ties.
const gapMs = fc.oneof(
  fc.constantFrom(0, 0, 1, 999, 1_000, 29_999, 30_000, 30_001, 59_999, 60_000, 90_000, 3_600_000, 7_200_000),
  fc.nat({ max: 120_000 }),
)

const eventDraft = fc.record({
  gapMs,
  name: fc.integer({ min: 1, max: NAMES.length }),
  passive: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  source: fc.integer({ min: 1, max: SOURCES.length }),
  stamp: number(3),
  campaign: number(2),
  referrer: number(2),
  user: number(2),
  property: number(2),
})

/** One key's events, in order. */
export const histories: fc.Arbitrary<PlainEvent[]> = fc
  .tuple(fc.constantFrom(...BEGINNINGS), fc.array(eventDraft, { maxLength: 30 }))
  .map(([beginning, drafts]) => {
    let time = beginning
    return drafts.map(({ gapMs, ...rest }) => ({ ...rest, time: (time += gapMs) }))
  })

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const someNames = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  fc.subarray([...NAMES], { maxLength: 2 }),
)
const durationMs = fc.constantFrom(1_000, 30_000, 60_000, 90_000, 3_600_000)

/** Definitions with any mixture of rules, also ones that `parseDefinition` would call contradictory. */
export const definitions: fc.Arbitrary<Definition> = fc
  .record({
    by: fc.constantFrom('gap' as const, 'gap' as const, 'client' as const),
    timeoutMs: fc.constantFrom(1_000, 30_000, 60_000, 3_600_000),
    maxLengthMs: optional(durationMs),
    maxEvents: optional(fc.integer({ min: 1, max: 4 })),
    dayBoundary: optional(fc.constantFrom('America/New_York', 'UTC', 'Asia/Kolkata')),
    splitOn: fc.subarray(['campaign' as const, 'referrer' as const, 'user' as const]),
    startEvents: someNames,
    endEvents: someNames,
    passiveEvents: someNames,
    property: optional(fc.constant('properties.order_id')),
    sources: optional(fc.constantFrom(['shop'], ['Blog'], ['shop', 'blog'])),
    sourceTypes: optional(fc.constantFrom(['product'], ['marketing'], ['product', 'marketing'])),
  })
  .map(({ maxLengthMs, maxEvents, dayBoundary, property, sources, sourceTypes, ...rest }) => ({
    name: 'any',
    scope: 'visitor',
    ...rest,
    ...(maxLengthMs === undefined ? {} : { maxLengthMs }),
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(dayBoundary === undefined ? {} : { dayBoundary }),
    ...(property === undefined ? {} : { property }),
    ...(sources === undefined ? {} : { sources }),
    ...(sourceTypes === undefined ? {} : { sourceTypes }),
  }))

/** Rules over the numbers that `histories` draws. */
export function rulesOf(definition: Definition): Rules {
  return compileRules(definition, {
    nameNumber: (name) => (NAMES as readonly string[]).indexOf(name) + 1,
    sourceNumbers: ({ sources, sourceTypes }) =>
      SOURCES.flatMap(({ id, name, type }, index) =>
        (sources?.some((each) => each === id || each === name) ?? true) &&
        (sourceTypes?.includes(type) ?? true)
          ? [index + 1]
          : [],
      ),
  })
}

/** Events as the teller reads them. */
export function columnsOf(events: readonly PlainEvent[]): EventColumns {
  const column = (key: Exclude<keyof PlainEvent, 'passive' | 'time'>) =>
    Int32Array.from(events, (event) => event[key])
  return {
    length: events.length,
    time: Float64Array.from(events, ({ time }) => time),
    passive: Uint8Array.from(events, ({ passive }) => Number(passive)),
    name: column('name'),
    source: column('source'),
    stamp: column('stamp'),
    campaign: column('campaign'),
    referrer: column('referrer'),
    user: column('user'),
    property: column('property'),
  }
}
