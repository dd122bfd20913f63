import { expect, test } from 'vitest'
import { derivedSessionId, foreignSessionId, profileId } from './derived-id.ts'

const VISITOR = { kind: 'visitor', id: 'x' } as const
const USER = { kind: 'user', id: 'x' } as const

test('ids are what they have always been: stored sessions and profiles hang on them', () => {
  expect(profileId(VISITOR)).toBe('29893088-f101-585c-8d8c-a0d011c69f06')
  expect(profileId(USER)).toBe('4e46b20d-c890-5a73-955d-2f00261c934c')
  expect(derivedSessionId(VISITOR, 'e1')).toBe('ed083026-5a2d-596a-b896-5ebbd6ed8c40')
  expect(foreignSessionId('s', VISITOR)).toBe('5b69ebd7-7617-5a54-9913-828c34fe2433')
})

test('no two kinds, keys or events share an id, however their texts are cut', () => {
  const keys = [VISITOR, USER, { kind: 'visitor', id: 'x","e' }, { kind: 'visitor', id: 'user' }] as const
  const ids = keys.flatMap((key) => [
    profileId(key),
    derivedSessionId(key, 'e1'),
    derivedSessionId(key, 'e'),
    foreignSessionId('s', key),
    foreignSessionId('e1', key),
  ])
  expect(new Set(ids).size).toBe(ids.length)
})
