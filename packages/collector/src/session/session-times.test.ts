import { expect, test } from 'vitest'
import { makeFact, NOON } from './facts.fixture.ts'
import { foldFact, stateOf } from './fold-fact.ts'
import { durationSeconds, endsAt, sessionStatus } from './session-times.ts'

const one = stateOf(makeFact({ id: 'a' }))
const two = foldFact(one, makeFact({ id: 'b', time: NOON + 1999 }))
const timeoutMs = { context: { sender: { sdk: { timeoutMs: 5000 } } } }

test('a duration is in whole seconds that have passed', () => {
  expect(durationSeconds(one)).toBe(0)
  expect(durationSeconds(two)).toBe(1)
})

test('a session is started with one event, and active with more', () => {
  expect(sessionStatus(one, NOON)).toBe('started')
  expect(sessionStatus(two, NOON)).toBe('active')
})

test('it has ended when the timeout has passed since its last activity, and not a millisecond before', () => {
  const end = NOON + 1999 + 30 * 60_000
  expect(endsAt(two)).toBe(end)
  expect(sessionStatus(two, end - 1)).toBe('active')
  expect(sessionStatus(two, end)).toBe('ended')
})

test("the timeout is the sender's, as it said last", () => {
  expect(endsAt(foldFact(two, makeFact({ id: 'c', time: NOON + 2000 }, timeoutMs)))).toBe(NOON + 7000)
})

test('passive events extend no session, and one of passive events alone runs out as well', () => {
  const passive = stateOf(makeFact({ id: 'p', time: NOON + 60_000, passive: true }))
  expect(endsAt(foldFact(one, makeFact({ id: 'p', time: NOON + 60_000, passive: true })))).toBe(endsAt(one))
  expect(sessionStatus(passive, NOON + 60_000)).toBe('started')
  expect(sessionStatus(passive, NOON + 60_000 + 30 * 60_000)).toBe('ended')
})
