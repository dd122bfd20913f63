import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sumColumns } from './session-sums.ts'
import { openDatabase } from './open-database.ts'
import type { SqliteDatabase } from './open-database.ts'
import { isOfStartsAlone, summedSessions, visitorsInTime } from './summed-sessions.ts'

const NO_CONDITION = { sql: [] }
const OF_TIME = { sql: ['s.start >= 1', 's.start < 2'] }

function emptyDatabase(): SqliteDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-sums-'))
  const db = openDatabase(join(folder, 'sojourn.db'))
  onTestFinished(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  return db
}

/** How SQLite goes about a statement, one line a step. */
function plan(db: SqliteDatabase, sql: string): string {
  const steps = db.prepare<[], { detail: string }>(`explain query plan ${sql}`).all()
  return steps.map(({ detail }) => detail).join('\n')
}

test('sums and groups of settled sessions are read from an index alone', () => {
  const db = emptyDatabase()
  for (const conditions of [
    NO_CONDITION,
    OF_TIME,
    { sql: ['s.device = 1', 's.duration >= 3', 's.goals is null'] },
  ])
    for (const sql of [
      `select ${sumColumns()} from ${summedSessions(conditions)}`,
      `select s.entry_name, s.entry_path, ${sumColumns()} from ${summedSessions(conditions)} group by 1, 2`,
    ]) {
      const steps = plan(db, sql)
      expect(steps).toMatch(
        /SCAN s USING COVERING INDEX settled_sums|SEARCH s USING COVERING INDEX settled_sums/,
      )
      expect(steps).toContain('sessions_live')
    }
})

test('a condition that finds few sessions, or is on a column the index has not, is met in the table', () => {
  const db = emptyDatabase()
  const ofVisitor = { sql: ['s.identity_row = 1', 's.start >= 1'] }
  const steps = plan(db, `select ${sumColumns()} from ${summedSessions(ofVisitor)}`)
  expect(steps).toContain('sessions_by_identity (identity_row=? AND start>?)')
  for (const sql of ["instr(s.terms, ',n1,') > 0", 's.profile_row = 1', 's.ends_at > 1', 's.row in (1)'])
    expect(summedSessions({ sql: [sql] })).not.toContain('settled_sums')
})

test('the visitors of a time are counted by an index in which the sessions of each lie together', () => {
  const db = emptyDatabase()
  const steps = plan(db, `select ${visitorsInTime(OF_TIME)!}`)
  expect(steps).toContain('COVERING INDEX sessions_by_identity')
  expect(steps).not.toContain('TEMP B-TREE')
  expect(isOfStartsAlone(NO_CONDITION)).toBe(true)
  expect(visitorsInTime({ sql: ['s.start >= 1', 's.device = 1'] })).toBeUndefined()
})
