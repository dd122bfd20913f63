import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, expect, test } from 'vitest'
import { makeFact, NOON } from '../../session/facts.fixture.ts'
import { MIXED } from '../../scoring/score.ts'
import { createCommitFacts } from './commit-facts.ts'
import { openDatabase } from './open-database.ts'
import { createStoreParts } from './store-parts.ts'
import { TUNING } from './tuning.ts'

const ONE_EACH = { rules: [{ match: { name: 'clicked' }, points: 1 }] }
const TEN_EACH = { rules: [{ match: { name: 'clicked' }, points: 10 }] }

/** What writes the sessions of a fresh file, and its rows of sessions. Nothing is scored again but by hand. */
function openWriter() {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-rescore-'))
  const db = openDatabase(join(folder, 'sojourn.db'))
  onTestFinished(() => {
    db.close()
    rmSync(folder, { recursive: true })
  })
  const parts = createStoreParts(db)
  const { commitFacts, rescore } = createCommitFacts(db, parts, TUNING)
  const selectRows = db.prepare<
    [],
    { row: number; rulebook: number; points: number; goals: string | null; state: string }
  >('select row, rulebook, points, goals, state from sessions order by row')
  const rows = () =>
    selectRows
      .all()
      .map(({ row, state, ...found }) => ({ ...found, told: parts.states.decode(state, row)?.score.points }))
  const click = (id: string, minute: number, session?: string) =>
    makeFact({ id, time: NOON + minute * 60_000, ...(session !== undefined && { session: { id: session } }) })
  return {
    rulebooks: parts.rulebooks,
    rescore,
    rows,
    click(id: string, minute: number, session?: string) {
      commitFacts.commit([[click(id, minute, session)]])
    },
  }
}

test('a session goes on by the rules it was scored by, until it is scored again', () => {
  const { rulebooks, rescore, rows, click } = openWriter()
  rulebooks.put(ONE_EACH)
  click('a', 0, 's')
  rulebooks.put(TEN_EACH)
  click('b', 1, 's')
  expect(rows()).toEqual([{ rulebook: 1, points: 2, goals: null, told: 2 }])
  expect([rescore.left(), rescore.step(5), rescore.left()]).toEqual([
    { left: 1, of: 1 },
    false,
    { left: 0, of: 1 },
  ])
  expect(rows()).toEqual([{ rulebook: 2, points: 20, goals: null, told: 20 }])
  click('c', 2, 's')
  expect(rows()).toEqual([{ rulebook: 2, points: 30, goals: null, told: 30 }])
})

test('a session that is made of two which were scored by different rules says nothing until it is scored again', () => {
  const { rulebooks, rescore, rows, click } = openWriter()
  rulebooks.put(ONE_EACH)
  click('a', 0)
  rulebooks.put({ ...TEN_EACH, goals: [{ name: 'late', match: { name: 'clicked' } }] })
  click('c', 40)
  click('b', 20)
  expect(rows()).toEqual([{ rulebook: MIXED, points: 0, goals: null, told: 0 }])
  rescore.step(5)
  expect(rows()).toEqual([{ rulebook: 2, points: 30, goals: '["late"]', told: 30 }])
})

test('a step takes as many as it may, and says whether there are more', () => {
  const { rulebooks, rescore, click } = openWriter()
  for (const id of ['a', 'b', 'c']) click(id, 0, id)
  rulebooks.put(ONE_EACH)
  expect([rescore.step(2), rescore.left().left, rescore.step(2), rescore.step(2)]).toEqual([
    true,
    1,
    false,
    false,
  ])
})

test('a rulebook that is no longer kept scores nothing, and its sessions are scored again', () => {
  const { rulebooks, rescore, rows, click } = openWriter()
  rulebooks.put(ONE_EACH)
  click('a', 0, 's')
  for (let points = 2; points < 40; points++) rulebooks.put({ rules: [{ ...ONE_EACH.rules[0]!, points }] })
  click('b', 1, 's')
  expect(rows()).toMatchObject([{ rulebook: MIXED }])
  rescore.step(5)
  expect(rows()).toMatchObject([{ rulebook: 39, points: 78 }])
})
