import { expect } from 'vitest'
import { compileRules } from '../../../definition/compile-rules.ts'
import type { Definition } from '../../../definition/definition.ts'
import { createTextReader } from '../../../definition/event-texts.ts'
import { ruleName } from '../../../definition/rule-name.ts'
import { tell } from '../../../definition/tell.ts'
import type { Fact } from '../../../ingest/fact.ts'
import { compareEvents } from '../../../session/event-order.ts'
import { NOON } from '../../../session/facts.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { historiesOf } from './story-place.fixture.ts'
import { SOURCES } from './story-histories.fixture.ts'
import type { Story } from './story.ts'

/** All sessions of a story, in order of their ids. */
export function sessionsOf(story: Story, definition = 'any'): readonly SessionObject[] {
  const { rows } = story.list({ definition, now: NOON, sort: 'start', descending: false, limit: 1_000 })
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What the pure rules tell of all facts at once. */
export function naiveSessions(definition: Definition, facts: readonly Fact[]) {
  const admitted = facts.filter(({ sourceId }) => {
    const { type } = SOURCES.find(({ id }) => id === sourceId)!
    return definition.sourceTypes?.includes(type) ?? true
  })
  const numbers = new Map<string, number>()
  const number = (text: string | undefined) => {
    if (text === undefined) return 0
    if (!numbers.has(text)) numbers.set(text, numbers.size + 1)
    return numbers.get(text)!
  }
  const { sourceTypes: _admitted, ...rest } = definition
  const rules = compileRules(rest, { nameNumber: number, sourceNumbers: () => [] })
  return historiesOf(definition.scope, facts, admitted).flatMap((unordered) => {
    const inOrder = unordered.sort((a, b) =>
      compareEvents({ time: a.time, id: a.event.id }, { time: b.time, id: b.event.id }),
    )
    const texts = inOrder.map(({ event }) => createTextReader(definition.property)(event))
    const column = (read: (i: number) => string | undefined) =>
      Int32Array.from(inOrder, (_, i) => number(read(i)))
    const telling = tell(rules, {
      length: inOrder.length,
      time: Float64Array.from(inOrder, (fact) => fact.time),
      passive: Uint8Array.from(inOrder, ({ event }) => Number(event.passive)),
      name: column((i) => inOrder[i]!.event.name),
      stamp: column((i) => inOrder[i]!.event.session?.id),
      campaign: column((i) => texts[i]!.campaign),
      referrer: column((i) => texts[i]!.referrer),
      user: column((i) => texts[i]!.user),
      property: column((i) => texts[i]!.property),
    })
    return Array.from({ length: telling.sessions }, (_, session) => {
      const members = inOrder.filter((__, row) => telling.sessionOf[row] === session)
      return {
        events: members.map(({ event }) => event.id),
        active: telling.events[session],
        start: ruleName(telling.startRule[session]!),
        first: inOrder[telling.firstRow[session]!]!.event.id,
        startGap: numberOr(telling.startGapMs[session]!),
        end: ruleName(telling.endRule[session]!),
        endEvent: telling.endRow[session] === -1 ? undefined : inOrder[telling.endRow[session]!]!.event.id,
        endGap: numberOr(telling.endGapMs[session]!),
      }
    })
  })
}

function numberOr(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}

/** The same of the stored sessions. */
export function storedSessions(story: Story, definition = 'any') {
  const ofVisitor: string[] = []
  const sessions = sessionsOf(story, definition).map((session) => ({
    events: story.events(session.id, { limit: 500 })!.rows.map(({ fact: { event } }) => {
      expect(story.sessionOfEvent(event)).toBe(session.id)
      if (event.visitorId === 'v1') ofVisitor.push(session.id)
      return event.id
    }),
    active: session.counts.events,
    start: session.startReason,
    first: session.why!.start.event,
    startGap: session.why!.start.gapMs,
    end: session.endReason,
    endEvent: session.why!.end?.event,
    endGap: session.why!.end?.gapMs,
  }))
  const query = { definition, now: NOON, sort: 'start', descending: false, limit: 1_000 } as const
  const found = story.list({ ...query, visitor: 'v1' }).rows.map(({ id }) => id)
  expect(found.sort()).toEqual([...new Set(ofVisitor)].sort())
  return sessions
}

/** Sessions in an order that does not hang on their ids. */
export function byEvents<Session extends { readonly events: readonly string[] }>(
  sessions: readonly Session[],
) {
  return [...sessions].sort((a, b) => (String(a.events) < String(b.events) ? -1 : 1))
}
