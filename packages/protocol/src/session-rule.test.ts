import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { DEFAULT_MAX_LENGTH_MS, DEFAULT_TIMEOUT_MS } from './limits.ts'
import { sessionId } from './session-id.ts'
import { CLOCK_JITTER_MS, anchor, begin, extend, touch, whyOver } from './session-rule.ts'
import type { SessionState } from './session-state.ts'

const START = 1_717_055_063_243
const HOUR_MS = 3_600_000
const visitorId = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
const rule = { timeoutMs: DEFAULT_TIMEOUT_MS, maxLengthMs: DEFAULT_MAX_LENGTH_MS, visitorId }
const first = begin(undefined, START, { visitorId, reason: 'first' })

const pauseMs = fc.oneof(fc.nat(5 * DEFAULT_TIMEOUT_MS), fc.constantFrom(0, 1, DEFAULT_TIMEOUT_MS - 1))
const visitOf = (pauses: readonly number[]) => {
  const states: SessionState[] = []
  let now = START
  for (const pause of pauses) states.push(touch(states.at(-1), (now += pause), rule))
  return states
}

describe('when a session is over', () => {
  test.each([
    ['at the timeout', DEFAULT_TIMEOUT_MS, {}, 'timeout'],
    ['a millisecond before it', DEFAULT_TIMEOUT_MS - 1, {}, undefined],
    ['a closed browser', 5, { closed: true }, 'closed'],
    ['another campaign', 5, { campaign: 'b' }, 'campaign'],
    ['the same campaign', 5, { campaign: 'a' }, undefined],
    ['no campaign', 5, { campaign: undefined }, undefined],
    ['an ended one, however fresh', 0, { session: { over: 'manual' } }, 'manual'],
    ['one kept busy up to its maximum', 5, { session: { startedAt: START - 24 * HOUR_MS } }, 'max-length'],
  ] as const)('%s', (_, pause, { session, ...arrival }: Record<string, unknown>, reason) => {
    const state = { ...first, campaign: 'a', ...(session as object) }
    expect(whyOver(state, START + pause, { ...rule, ...arrival })).toBe(reason)
  })

  test('nobody has one before the first event', () => {
    expect(whyOver(undefined, START, rule)).toBe('first')
    expect(first).toEqual({
      id: sessionId(visitorId, 1),
      number: 1,
      startedAt: START,
      lastActivity: START,
      startReason: 'first',
    })
  })

  test('the next one knows the one before, and its campaign', () => {
    const next = touch(first, START + HOUR_MS, { ...rule, campaign: 'june' })
    expect(next).toMatchObject({ number: 2, previousId: first.id, startReason: 'timeout', campaign: 'june' })
  })

  propertyTest.prop([fc.array(pauseMs, { minLength: 1 })])(
    'a pause splits exactly at the timeout',
    (pauses) => {
      const states = visitOf(pauses)
      for (const [i, state] of states.slice(1).entries()) {
        const before = states[i]!
        const now = START + pauses.slice(0, i + 2).reduce((sum, pause) => sum + pause, 0)
        const isOver =
          now - before.lastActivity >= DEFAULT_TIMEOUT_MS || now - before.startedAt >= DEFAULT_MAX_LENGTH_MS
        expect(state.number).toBe(before.number + (isOver ? 1 : 0))
        expect(state.id === before.id).toBe(!isOver)
        if (isOver) expect(state.previousId).toBe(before.id)
      }
    },
  )

  propertyTest.prop([fc.array(pauseMs, { maxLength: 20 }), fc.nat(500)])(
    'tabs that find it over within the same moment agree on the next id',
    (pauses, lateMs) => {
      const shared = visitOf(pauses).at(-1)
      const now = (shared?.lastActivity ?? START) + DEFAULT_TIMEOUT_MS
      const [one, other] = [touch(shared, now, rule), touch(shared, now + lateMs, rule)]
      expect(one.id).toBe(other.id)
      expect(one.number).toBe(other.number)
      expect(touch(one, now + lateMs, rule).id).toBe(one.id)
    },
  )
})

describe('activity', () => {
  propertyTest.prop([fc.nat(CLOCK_JITTER_MS)])(
    'is not rolled back by a tab that read the clock earlier',
    (early) => {
      const touched = touch(first, START - early, rule)
      expect(touched).toEqual(first)
    },
  )

  test('extends to the moment it happened', () => {
    expect(extend(first, START + 5)).toEqual({ ...first, lastActivity: START + 5 })
  })
})

describe('a clock that was changed', () => {
  const jumpMs = fc.integer({ min: -400 * 24 * HOUR_MS, max: 400 * 24 * HOUR_MS })

  propertyTest.prop([fc.integer({ min: CLOCK_JITTER_MS + 1, max: START })])(
    'set back: the same session goes on, of the same length',
    (backMs) => {
      const open = extend(first, START + 60_000)
      const after = touch(open, open.lastActivity - backMs, rule)
      expect(after.id).toBe(first.id)
      expect(after.lastActivity).toBe(open.lastActivity - backMs)
      if (after.startedAt > 0) expect(after.lastActivity - after.startedAt).toBe(60_000)
    },
  )

  propertyTest.prop([jumpMs])('never freezes a session open', (jump) => {
    const now = START + jump
    const after = touch(first, now, rule)
    expect(touch(after, now + DEFAULT_TIMEOUT_MS + CLOCK_JITTER_MS, rule).number).toBe(after.number + 1)
  })

  propertyTest.prop([fc.array(jumpMs, { maxLength: 30 })])('begins at most one session per jump', (jumps) => {
    let state = first
    let now = START
    for (const jump of jumps) {
      now = Math.max(0, now + jump)
      const after = touch(state, now, rule)
      expect(after.number - state.number).toBeLessThanOrEqual(1)
      for (const wait of [0, 1, 50]) expect(touch(after, now + wait, rule).id).toBe(after.id)
      expect(after.startedAt).toBeGreaterThanOrEqual(0)
      expect(after.startedAt).toBeLessThanOrEqual(after.lastActivity)
      state = after
    }
  })

  test('a small difference between two tabs is none', () => {
    expect(anchor(first, START - CLOCK_JITTER_MS)).toBe(first)
    expect(anchor(first, START - CLOCK_JITTER_MS - 1)).not.toBe(first)
  })
})
