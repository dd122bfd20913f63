import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { DEFAULT_MAX_LENGTH_MS, DEFAULT_TIMEOUT_MS } from './limits.ts'
import {
  BY_HAND,
  CLOCK_JITTER_MS,
  FIRST,
  MAX_LENGTH,
  TIMEOUT,
  anchor,
  begin,
  sessionId,
  sessionStamp,
  whyOver,
} from './session-rule.ts'
import { GIVEN, LAST, NUMBER, OVER, STARTED } from './shared-state.ts'
import type { SharedState } from './shared-state.ts'

const START = 1_717_055_063_243
const HOUR_MS = 3_600_000
const visitorId = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
const rule = { timeout: DEFAULT_TIMEOUT_MS, maxLength: DEFAULT_MAX_LENGTH_MS }
const nobody: SharedState = [0, 0, 0, 1, 0, 0, visitorId, '', '', '', '']
const first = begin(nobody, START, FIRST)

/** The first session with other fields. */
const firstWith = (changes: Readonly<Record<number, unknown>>) =>
  Object.assign([...first], changes) as SharedState

/** A non-passive event at `now`, as the SDK makes it. */
function touch(state: SharedState, now: number): SharedState {
  const present = anchor([...state], now)
  const reason = whyOver(present, now, rule)
  if (reason) return begin(present, now, reason)
  present[LAST] = Math.max(present[LAST], now)
  return present
}

const pauseMs = fc.oneof(fc.nat(5 * DEFAULT_TIMEOUT_MS), fc.constantFrom(0, 1, DEFAULT_TIMEOUT_MS - 1))
function visitOf(pauses: readonly number[]): SharedState[] {
  const states = [nobody]
  let now = START
  for (const pause of pauses) states.push(touch(states.at(-1)!, (now += pause)))
  return states
}

describe('when a session is over', () => {
  test.each([
    ['at the timeout', DEFAULT_TIMEOUT_MS, {}, TIMEOUT],
    ['a millisecond before it', DEFAULT_TIMEOUT_MS - 1, {}, 0],
    ['an ended one, however fresh', 0, { [OVER]: BY_HAND }, BY_HAND],
    ['one kept busy up to its maximum', 5, { [STARTED]: START - 24 * HOUR_MS }, MAX_LENGTH],
    ['one whose cookie was lost', 5, { [STARTED]: 0, [LAST]: 0 }, TIMEOUT],
    ['none at all', 5, { [NUMBER]: 0 }, FIRST],
  ])('%s', (_, pause, changes, reason) => {
    expect(whyOver(firstWith(changes), START + pause, rule)).toBe(reason)
  })

  test('nobody has one before the first event', () => {
    expect(sessionStamp(nobody)).toBeUndefined()
    expect(sessionStamp(first)).toEqual({
      id: sessionId(visitorId, 1),
      number: 1,
      startedAt: START,
      previousId: undefined,
      startReason: 'first',
    })
  })

  test('the next one knows the one before, also by an id of its own', () => {
    const next = touch(first, START + HOUR_MS)
    expect(sessionStamp(next)).toMatchObject({
      number: 2,
      previousId: sessionId(visitorId, 1),
      startReason: 'timeout',
    })
    next[GIVEN] = 'order-4711'
    expect(sessionStamp(next)!.id).toBe('order-4711')
    expect(sessionStamp(touch(next, START + 2 * HOUR_MS))).toMatchObject({
      number: 3,
      previousId: 'order-4711',
    })
  })

  propertyTest.prop([fc.array(pauseMs, { minLength: 1 })])(
    'a pause splits exactly at the timeout',
    (pauses) => {
      const states = visitOf(pauses)
      for (const [i, state] of states.slice(2).entries()) {
        const before = states[i + 1]!
        const now = START + pauses.slice(0, i + 2).reduce((sum, pause) => sum + pause, 0)
        const isOver =
          now - before[LAST] >= DEFAULT_TIMEOUT_MS || now - before[STARTED] >= DEFAULT_MAX_LENGTH_MS
        const [one, other] = [sessionStamp(before)!, sessionStamp(state)!]
        expect(other.number).toBe(one.number! + (isOver ? 1 : 0))
        expect(other.id === one.id).toBe(!isOver)
        if (isOver) expect(other.previousId).toBe(one.id)
      }
    },
  )

  propertyTest.prop([fc.array(pauseMs, { maxLength: 20 }), fc.nat(500)])(
    'tabs that find it over within the same moment agree on the next id',
    (pauses, lateMs) => {
      const shared = visitOf(pauses).at(-1)!
      const now = (shared[LAST] || START) + DEFAULT_TIMEOUT_MS
      const [one, other] = [touch(shared, now), touch(shared, now + lateMs)]
      expect(sessionStamp(one)!.id).toBe(sessionStamp(other)!.id)
      expect(sessionStamp(touch(one, now + lateMs))!.id).toBe(sessionStamp(one)!.id)
    },
  )
})

describe('a clock that was changed', () => {
  const jumpMs = fc.integer({ min: -400 * 24 * HOUR_MS, max: 400 * 24 * HOUR_MS })

  propertyTest.prop([fc.integer({ min: CLOCK_JITTER_MS + 1, max: START })])(
    'set back: the same session goes on, of the same length',
    (backMs) => {
      const open = touch(first, START + 60_000)
      const after = touch(open, open[LAST] - backMs)
      expect(after[NUMBER]).toBe(1)
      expect(after[LAST]).toBe(open[LAST] - backMs)
      if (after[STARTED] > 0) expect(after[LAST] - after[STARTED]).toBe(60_000)
    },
  )

  propertyTest.prop([jumpMs])('never freezes a session open', (jump) => {
    const now = START + jump
    const after = touch(first, now)
    expect(touch(after, now + DEFAULT_TIMEOUT_MS + CLOCK_JITTER_MS)[NUMBER]).toBe(after[NUMBER] + 1)
  })

  propertyTest.prop([fc.array(jumpMs, { maxLength: 30 })])('begins at most one session per jump', (jumps) => {
    let state = first
    let now = START
    for (const jump of jumps) {
      now = Math.max(0, now + jump)
      const after = touch(state, now)
      expect(after[NUMBER] - state[NUMBER]).toBeLessThanOrEqual(1)
      for (const wait of [0, 1, 50]) expect(touch(after, now + wait)[NUMBER]).toBe(after[NUMBER])
      expect(after[STARTED]).toBeGreaterThanOrEqual(0)
      expect(after[STARTED]).toBeLessThanOrEqual(after[LAST])
      state = after
    }
  })

  test('a small difference between two tabs is none', () => {
    expect(anchor(firstWith({}), START - CLOCK_JITTER_MS)).toEqual(first)
    expect(anchor(firstWith({}), START - CLOCK_JITTER_MS - 1)).not.toEqual(first)
  })
})
