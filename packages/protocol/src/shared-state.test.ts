import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { shortHash } from './derived-id.ts'
import { STATE_COOKIE, parseStateText, stateText } from './shared-state.ts'
import type { SharedState } from './shared-state.ts'

const number = fc.integer({ min: 0, max: 36 ** 6 - 1 })
const time = fc.integer({ min: 0, max: 36 ** 9 - 1 })
const hash = fc.oneof(fc.constant(''), fc.string().map(shortHash))
const given = fc.oneof(fc.constant(''), fc.uuid(), fc.stringMatching(/^[\w-]{1,36}$/))

const state: fc.Arbitrary<SharedState> = fc.tuple(
  number,
  time,
  time,
  fc.integer({ min: 1, max: 7 }),
  fc.integer({ min: 0, max: 7 }),
  fc.integer({ min: 0, max: 1 }),
  fc.uuid(),
  hash,
  hash,
  given,
  given,
)

describe('the text of the state', () => {
  propertyTest.prop([state])('gives the state back', (one) => {
    expect(parseStateText(stateText(one))).toEqual(one)
  })

  propertyTest.prop([state, fc.domain().filter((domain) => domain.length < 100)])(
    'costs less than 200 bytes in a cookie, with the one that lives as long as the browser runs',
    (one, domain) => {
      const header = `${STATE_COOKIE}=1.${domain.length}.${stateText(one)}; sj_b=1.${domain.length}.1`
      expect(header).toMatch(/^[\w.=; -]+$/)
      expect(header.length).toBeLessThan(200)
    },
  )

  propertyTest.prop([
    fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(\w{1,9}\.){3}\d\.\d\.\d\.[\w.-]{0,120}$/)),
  ])('takes anything else for nothing, and never throws', (text) => {
    const one = parseStateText(text)
    if (one) expect(stateText(one).length).toBeLessThanOrEqual(text.length)
  })

  const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'

  test('a number is in base 36, and absent texts are empty', () => {
    expect(parseStateText(`a.lwt0lwt0.lwt1lwt1.2.6.1.${VISITOR}.....`.slice(0, -1))).toEqual([
      10,
      parseInt('lwt0lwt0', 36),
      parseInt('lwt1lwt1', 36),
      2,
      6,
      1,
      VISITOR,
      '',
      '',
      '',
      '',
    ])
  })

  test.each([
    ['none', undefined],
    ['empty', ''],
    ['a number beyond all bounds', `${'z'.repeat(300)}.a.a.1.0.0.${VISITOR}....`],
    ['an unknown reason', `1.a.a.8.0.0.${VISITOR}....`],
    ['a negative time', `1.-a.a.1.0.0.${VISITOR}....`],
    ['no visitor', `1.a.a.1.0.0.not-a-uuid....`],
    ['cut off', `1.a.a.1.0.0.${VISITOR}..`],
    ['an id with a dot', `1.a.a.1.0.0.${VISITOR}...a.b.`],
    ['a line too many', `1.a.a.1.0.0.${VISITOR}....\n`],
    ['upper case', `1.A.a.1.0.0.${VISITOR}....`],
  ])('%s is no state', (_, text) => {
    expect(parseStateText(text)).toBeUndefined()
  })
})
