import type { DefinitionPreview, RuleName } from '@sojourn/protocol'
import type { Fact } from '../ingest/fact.ts'
import { firstIdentity, identityIn, profileKeyOf } from '../profile/identity.ts'
import type { Identity } from '../profile/identity.ts'
import type { Key } from '../session/derived-id.ts'
import { compareEvents } from '../session/event-order.ts'
import { compileRules } from './compile-rules.ts'
import type { Definition } from './definition.ts'
import type { EventColumns } from './event-columns.ts'
import { createTextReader } from './event-texts.ts'
import type { NamedSource } from './parse-definition.ts'
import { ruleName } from './rule-name.ts'
import { tellKeys } from './tell.ts'

/** Tells the facts, which may come in any order, under a definition that need not be stored. `sources` are all there are. */
export function previewDefinition(
  definition: Definition,
  facts: readonly Fact[],
  sources: readonly NamedSource[],
): DefinitionPreview {
  const ordered = [...facts].sort((a, b) => compareEvents(refOf(a), refOf(b)))
  const names = createNumbers()
  const sourceIds = createNumbers()
  const columns = toColumns(ordered, definition, { names, sourceIds })
  const rules = compileRules(definition, {
    nameNumber: names,
    sourceNumbers: ({ sources: wanted, sourceTypes }) =>
      sources
        .filter(({ id, name }) => wanted?.some((each) => each === id || each === name) ?? true)
        .filter(({ type }) => sourceTypes?.includes(type) ?? true)
        .map(({ id }) => sourceIds(id)),
  })
  const telling = tellKeys(rules, columns, keysOf(ordered, definition))
  const began: Partial<Record<RuleName, number>> = {}
  let [sessions, bounces, durationMs] = [0, 0, 0]
  for (let session = 0; session < telling.sessions; session++) {
    if (telling.events[session] === 0) continue
    sessions += 1
    if (telling.events[session] === 1) bounces += 1
    durationMs += columns.time[telling.lastRow[session]!]! - columns.time[telling.firstRow[session]!]!
    const rule = ruleName(telling.startRule[session]!)
    if (rule) began[rule] = (began[rule] ?? 0) + 1
  }
  const [first, last] = [ordered[0], ordered.at(-1)]
  return {
    events: ordered.length,
    ...(first && last && { from: iso(first.time), to: iso(last.time) }),
    sessions,
    bounces,
    bounceRate: sessions === 0 ? null : bounces / sessions,
    meanDuration: sessions === 0 ? null : durationMs / sessions / 1_000,
    began,
  }
}

/** Gives each different text a number of its own, from 1 on; 0 stands for none. */
type Numbers = (text: string | undefined) => number

function createNumbers(): Numbers {
  const numbers = new Map<string, number>()
  return (text) => {
    if (text === undefined) return 0
    const known = numbers.get(text)
    if (known === undefined) numbers.set(text, numbers.size + 1)
    return known ?? numbers.size
  }
}

function toColumns(
  facts: readonly Fact[],
  { property }: Definition,
  { names, sourceIds }: { readonly names: Numbers; readonly sourceIds: Numbers },
): EventColumns {
  const readTexts = createTextReader(property)
  const texts = facts.map(({ event }) => readTexts(event))
  const column = (numbers: Numbers, read: (row: number) => string | undefined): Int32Array =>
    Int32Array.from(facts, (_, row) => numbers(read(row)))
  return {
    length: facts.length,
    time: Float64Array.from(facts, ({ time }) => time),
    passive: Uint8Array.from(facts, ({ event }) => Number(event.passive)),
    name: column(names, (row) => facts[row]!.event.name),
    source: column(sourceIds, (row) => facts[row]!.sourceId),
    stamp: column(createNumbers(), (row) => facts[row]!.event.session?.id),
    campaign: column(createNumbers(), (row) => texts[row]!.campaign),
    referrer: column(createNumbers(), (row) => texts[row]!.referrer),
    user: column(createNumbers(), (row) => texts[row]!.user),
    property: column(createNumbers(), (row) => texts[row]!.property),
  }
}

/** The number of each fact's visitor or person, as far as the facts themselves say who belongs to whom. */
function keysOf(facts: readonly Fact[], { scope }: Definition): Int32Array {
  const identities = new Map<string, Identity | undefined>()
  for (const { event, time } of facts)
    if (event.visitorId !== undefined)
      identities.set(event.visitorId, firstIdentity(identities.get(event.visitorId), identityIn(event, time)))
  const numbers = createNumbers()
  return Int32Array.from(facts, ({ event }) => {
    const { visitorId } = event
    const key: Key =
      scope === 'visitor' && visitorId !== undefined
        ? { kind: 'visitor', id: visitorId }
        : profileKeyOf(event, visitorId === undefined ? undefined : identities.get(visitorId))
    return numbers(`${key.kind} ${key.id}`)
  })
}

function refOf({ event, time }: Fact) {
  return { time, id: event.id }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
