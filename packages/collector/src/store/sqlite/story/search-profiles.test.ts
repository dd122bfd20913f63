import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { profileId } from '../../../session/derived-id.ts'
import { IDENTITY_KINDS } from '../identities.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { packId } from '../pack-id.ts'
import { readStatement } from '../read-statement.ts'
import { createSearchProfiles } from './search-profiles.ts'
import { completeStoryFile } from './story-file.ts'

let db: SqliteDatabase

beforeEach(() => {
  db = new Database(':memory:')
  db.exec(readStatement('./story/story-schema.sql'))
  completeStoryFile(db)
})

afterEach(() => db.close())

/** Stores an identity whose one session began at `start`. */
function add(kind: 'visitor' | 'user', id: string, start: number): number {
  const { lastInsertRowid } = db
    .prepare('insert into identities (profile, kind, id) values (?, ?, ?)')
    .run(packId(profileId({ kind, id })), IDENTITY_KINDS[kind], id)
  db.prepare(
    `insert into sessions (id, identity_row, derived, profile_row, source_row, start, ends_at, duration, events, terms, state)
    values (?, ?, 0, 0, 0, ?, ?, 0, 1, '', '')`,
  ).run(`session of ${kind} ${id}`, lastInsertRowid, start, start)
  return Number(lastInsertRowid)
}

test('no part of the search passes over all persons', () => {
  const plan = db.prepare(`explain query plan ${readStatement('./story/search-profiles.sql')}`).all({
    search: 'a',
    examined: 1,
    first_profile: null,
    last_profile: null,
    visitor: null,
    known_as: null,
    limit: 1,
  }) as { detail: string }[]
  const steps = plan.map(({ detail }) => detail)
  expect(steps.filter((step) => /SCAN (identities|sessions|s\b)/.test(step))).toEqual([])
  expect(steps.join('\n')).toContain('users_by_id')
  expect(steps.join('\n')).toContain('sessions_by_identity')
})

test('of many users whose ids begin alike the first thousand by id are looked at, whose last session is latest first', () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => add('user', `u-${String(at).padStart(4, '0')}`, at))
  const found = createSearchProfiles(db)('U-', 3)
  expect(found).toEqual([rows[999], rows[998], rows[997]])
  expect(createSearchProfiles(db)('u-11', 500)).toHaveLength(100)
})

test('any character of an id is itself, also at the ends of the alphabet', () => {
  const ids = ['%', '_x', 'é', 'éa', '\u{10ffff}z', '漢字']
  const rows = new Map(ids.map((id, at) => [id, add('user', id, at)]))
  const search = createSearchProfiles(db)
  expect(search('%', 9)).toEqual([rows.get('%')])
  expect(search('_', 9)).toEqual([rows.get('_x')])
  expect(search('é', 9)).toEqual([rows.get('éa'), rows.get('é')])
  expect(search('\u{10ffff}', 9)).toEqual([rows.get('\u{10ffff}z')])
  expect(search('漢', 9)).toEqual([rows.get('漢字')])
})

test('a visitor is found by the whole id, and is who it turned out to be', () => {
  const phone = add('visitor', 'phone', 1)
  const anna = add('user', 'anna', 2)
  db.prepare('insert into links values (?, ?, ?, ?)').run('laptop', 1, 'an-event', 'anna')
  const search = createSearchProfiles(db)
  expect(search('phone', 9)).toEqual([phone])
  expect(search('phon', 9)).toEqual([])
  expect(search('laptop', 9)).toEqual([anna])
  expect(search('lap', 9)).toEqual([])
})
