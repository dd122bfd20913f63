import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { profileId } from '../session/derived-id.ts'
import { compareEvents } from '../session/event-order.ts'
import { firstIdentity, identityIn, profileKeyOf } from './identity.ts'
import type { Identity } from './identity.ts'
import { ACTIVE_MS, lifecycleOf } from './lifecycle.ts'
import { isLinkingUserId } from './linking-user.ts'

describe('isLinkingUserId', () => {
  test.each([
    '',
    ' ',
    'null',
    'NULL',
    ' Null ',
    '"null"',
    'undefined',
    '0',
    '000',
    '-1',
    'anonymous',
    'ANONYMOUS',
    'a n o n',
    'guest',
    'n/a',
    'NaN',
    'true',
    '[object Object]',
    '(not set)',
    '{{user.id}}',
    'ｎｕｌｌ',
    'nu\u200bll',
    '00000000-0000-0000-0000-000000000000',
    'not logged in',
  ])('%j links nobody', (userId) => {
    expect(isLinkingUserId(userId)).toBe(false)
  })

  test.each([
    'u-42',
    '1',
    '10',
    'jane@example.com',
    'null-42',
    'anonymous@example.com',
    '__proto__',
    'constructor',
    '李',
    '0a',
  ])('%j is a person', (userId) => {
    expect(isLinkingUserId(userId)).toBe(true)
  })

  test.prop([fc.uuid({ version: [1, 4, 7] })])('any UUID is a person', (userId) => {
    expect(isLinkingUserId(userId)).toBe(true)
  })
})

interface Happening {
  readonly id: string
  readonly time: number
  readonly visitorId?: string
  readonly userId?: string
}

const happenings = fc
  .uniqueArray(
    fc.record(
      {
        id: fc.integer({ min: 0, max: 99 }).map(String),
        time: fc.integer({ min: 0, max: 5 }),
        visitorId: fc.constantFrom('v1', 'v2'),
        userId: fc.constantFrom('alice', 'bob', 'null', ''),
      },
      { requiredKeys: ['id', 'time'] },
    ),
    { selector: ({ id }) => id, maxLength: 12 },
  )
  .map((all) => all.filter(({ visitorId, userId }) => (visitorId ?? userId) !== undefined))

/** Profiles as a store keeps them: one identity by visitor, in whatever order events come. */
function profilesOf(events: readonly Happening[]): ReadonlyMap<string, string> {
  const identities = new Map<string, Identity>()
  for (const event of events) {
    const identity =
      event.visitorId === undefined
        ? undefined
        : firstIdentity(identities.get(event.visitorId), identityIn(event, event.time))
    if (identity) identities.set(event.visitorId!, identity)
  }
  return new Map(
    events.map((event) => [
      event.id,
      profileId(
        profileKeyOf(event, event.visitorId === undefined ? undefined : identities.get(event.visitorId)),
      ),
    ]),
  )
}

describe('profiles', () => {
  test.prop([
    happenings.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    ),
  ])('do not depend on the order in which events come', ([sent, arrived]) => {
    expect(new Map([...profilesOf(arrived)].sort())).toEqual(new Map([...profilesOf(sent)].sort()))
  })

  test.prop([happenings], { numRuns: 1_000 })('are those that the sentence in the design names', (events) => {
    const profiles = profilesOf(events)
    const isPerson = (userId: string | undefined) => userId === 'alice' || userId === 'bob'
    for (const event of events) {
      const first = events
        .filter(
          ({ visitorId, userId }) =>
            visitorId !== undefined && visitorId === event.visitorId && isPerson(userId),
        )
        .sort(compareEvents)[0]
      const user = isPerson(event.userId) ? event.userId : first?.userId
      const own =
        user === undefined
          ? { kind: 'visitor' as const, id: event.visitorId ?? event.id }
          : { kind: 'user' as const, id: user }
      expect(profiles.get(event.id)).toBe(profileId(own))
    }
  })

  test('a device shared by two people never merges them', () => {
    const profiles = profilesOf([
      { id: '1', time: 1, visitorId: 'v1' },
      { id: '2', time: 2, visitorId: 'v1', userId: 'alice' },
      { id: '3', time: 3, visitorId: 'v1', userId: 'bob' },
      { id: '4', time: 4, visitorId: 'v2' },
      { id: '5', time: 5, visitorId: 'v2', userId: 'bob' },
    ])
    expect(profiles.get('1')).toBe(profiles.get('2'))
    expect(profiles.get('3')).toBe(profiles.get('5'))
    expect(profiles.get('4')).toBe(profiles.get('5'))
    expect(profiles.get('2')).not.toBe(profiles.get('3'))
  })

  test('ids that stand for nobody join nobody', () => {
    const profiles = profilesOf([
      { id: '1', time: 1, visitorId: 'v1', userId: 'null' },
      { id: '2', time: 2, visitorId: 'v2', userId: 'null' },
      { id: '3', time: 3, userId: 'null' },
      { id: '4', time: 4, userId: 'null' },
    ])
    expect(new Set(profiles.values()).size).toBe(4)
  })
})

describe('lifecycleOf', () => {
  const start = Date.UTC(2024, 4, 30)

  test('is exact on the boundary of 30 days', () => {
    expect(lifecycleOf(start, undefined)).toBe('new')
    expect(lifecycleOf(start, start)).toBe('active')
    expect(lifecycleOf(start, start - ACTIVE_MS)).toBe('active')
    expect(lifecycleOf(start, start - ACTIVE_MS - 1)).toBe('resurrected')
  })

  test.prop([
    fc.array(
      fc.integer({ min: 0, max: 120 }).map((days) => start + days * 86_400_000),
      { maxLength: 8 },
    ),
  ])('asks of all earlier sessions what the one right before answers', (unsorted) => {
    const starts = unsorted.toSorted((a, b) => a - b)
    starts.forEach((each, i) => {
      const earlierOnes = starts.slice(0, i)
      const isActive = earlierOnes.some((other) => other >= each - ACTIVE_MS)
      const expected = earlierOnes.length === 0 ? 'new' : isActive ? 'active' : 'resurrected'
      expect(lifecycleOf(each, starts[i - 1])).toBe(expected)
    })
  })
})
