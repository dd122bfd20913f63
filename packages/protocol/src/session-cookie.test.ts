import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { START_REASONS } from './event.ts'
import {
  SESSION_COOKIE,
  VISITOR_COOKIE,
  parseSessionText,
  parseVisitorText,
  sessionText,
  visitorText,
} from './session-cookie.ts'
import type { VisitorState } from './session-cookie.ts'
import { givenSessionId, nextVisitorId, sessionId } from './session-id.ts'
import type { SessionState } from './session-state.ts'
import { shortHash } from './short-hash.ts'

const number = fc.integer({ min: 1, max: 36 ** 6 - 1 })
const plainId = fc.oneof(fc.uuid(), fc.stringMatching(/^[\w-]{1,36}$/))
const time = fc.integer({ min: 0, max: 1e14 - 1 })
const reason = fc.constantFrom(...START_REASONS)
const hash = fc.string().map(shortHash)

const visitor: fc.Arbitrary<VisitorState> = fc.record(
  { visitorId: fc.uuid({ version: [4, 5] }), number, userMarker: hash },
  { requiredKeys: ['visitorId', 'number'] },
)
const session: fc.Arbitrary<SessionState> = fc
  .record(
    {
      id: plainId,
      number,
      startedAt: time,
      lastActivity: time,
      startReason: reason,
      previousId: plainId,
      campaign: hash,
      over: reason,
    },
    { requiredKeys: ['id', 'number', 'startedAt', 'lastActivity', 'startReason'] },
  )
  .map((state) => ({ ...state, startedAt: Math.min(state.startedAt, state.lastActivity) }))
const labels = fc.nat(9)

describe('the text of the cookies', () => {
  propertyTest.prop([visitor, labels])('gives the visitor back', (state, count) => {
    expect(parseVisitorText(`1.${count}.${visitorText(state)}`)).toEqual(state)
  })

  propertyTest.prop([session, labels])('gives the session back', (state, count) => {
    expect(parseSessionText(`1.${count}.${sessionText(state)}`)).toEqual(state)
  })

  propertyTest.prop([visitor, session, labels])('costs less than 200 bytes in all', (who, which, count) => {
    const header = `${VISITOR_COOKIE}=1.${count}.${visitorText(who)}; ${SESSION_COOKIE}=1.${count}.${sessionText(which)}`
    expect(header).toMatch(/^[\w.=; -]+$/)
    expect(header.length).toBeLessThan(200)
  })

  propertyTest.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^1\.\d\.[\w.-]{0,120}$/))])(
    'takes anything else for nothing, and never throws',
    (text) => {
      const who = parseVisitorText(text)
      const which = parseSessionText(text)
      if (who) expect(parseVisitorText(`1.2.${visitorText(who)}`)).toEqual(who)
      if (which) expect(which.startedAt).toBeLessThanOrEqual(which.lastActivity)
    },
  )

  test.each([
    [undefined],
    [''],
    ['2.2.3dbd1ac1-6a28-463a-a3c6-05593760831a.1.'],
    ['1.2.not-a-uuid.1.'],
    ['1.2.3dbd1ac1-6a28-463a-a3c6-05593760831a.-1.'],
    ['1.2.3dbd1ac1-6a28-463a-a3c6-05593760831a'],
    ['1.2.3dbd1ac1-6a28-463a-a3c6-05593760831a\n.1.'],
  ])('no visitor: %j', (text) => {
    expect(parseVisitorText(text)).toBeUndefined()
  })

  test.each([
    ['number 0', '1.2.0.id.lwt0.lwt0.0..'],
    ['a number beyond all bounds', `1.2.${'z'.repeat(300)}.id.lwt0.lwt0.0..`],
    ['an unknown reason', '1.2.1.id.lwt0.lwt0.7..'],
    ['no id', '1.2.1..lwt0.lwt0.0..'],
    ['an id with a dot', '1.2.1.a.b.lwt0.lwt0.0..'],
    ['another version', '2.2.1.id.lwt0.lwt0.0..'],
    ['negative time', '1.2.1.id.-lwt0.lwt0.0..'],
    ['cut off', '1.2.1.id.lwt0.lwt0'],
  ])('no session: %s', (_, text) => {
    expect(parseSessionText(text)).toBeUndefined()
  })

  test('a start after the last activity is moved to it', () => {
    expect(parseSessionText('1.2.1.id.lwt1.lwt0.0..')?.startedAt).toBe(parseInt('lwt0', 36))
  })
})

describe('derived ids', () => {
  const visitorId = '3dbd1ac1-6a28-463a-a3c6-05593760831a'

  propertyTest.prop([fc.string({ unit: 'binary' })])(
    "a page's own id fits a cookie and stays itself if it can",
    (id) => {
      const given = givenSessionId(visitorId, id)
      expect(given).toMatch(/^[\w-]{1,36}$/)
      expect(givenSessionId(visitorId, id)).toBe(given)
      if (/^[\w-]{1,36}$/.test(id)) expect(given).toBe(id)
    },
  )

  propertyTest.prop([fc.uniqueArray(number, { minLength: 2, maxLength: 2 }), fc.uuid(), fc.uuid()])(
    'differ by number and by visitor',
    ([one, other], visitorA, visitorB) => {
      expect(sessionId(visitorA, one!)).not.toBe(sessionId(visitorA, other!))
      if (visitorA !== visitorB) expect(sessionId(visitorA, one!)).not.toBe(sessionId(visitorB, one!))
    },
  )

  test('are what any UUIDv5 implementation says', () => {
    // python3 -c "import uuid; print(uuid.uuid5(uuid.UUID('3dbd1ac1-6a28-463a-a3c6-05593760831a'), '1'))"
    expect(sessionId(visitorId, 1)).toBe('1ab9314f-58d1-59ac-951e-ac2410d38509')
  })

  test('signing in and out again never returns to an earlier visitor', () => {
    const seen = [visitorId]
    for (const user of ['a', '', 'a', '', 'b', 'a']) seen.push(nextVisitorId(seen.at(-1)!, user))
    expect(new Set(seen).size).toBe(seen.length)
  })
})

propertyTest.prop([fc.string({ unit: 'binary' })])(
  'a short hash is 1–7 characters and the same again',
  (text) => {
    expect(shortHash(text)).toMatch(/^[\da-z]{1,7}$/)
    expect(shortHash(text)).toBe(shortHash(text))
  },
)

test('a short hash is FNV-1a', () => {
  // The published vectors: FNV-1a 32 of "" is 811c9dc5, of "a" e40c292c, of "foobar" bf9cf968.
  expect(['', 'a', 'foobar'].map((text) => parseInt(shortHash(text), 36).toString(16))).toEqual([
    '811c9dc5',
    'e40c292c',
    'bf9cf968',
  ])
})
