import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeFact, NOON } from '../session/facts.fixture.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

/** A folder of the test's own, gone with it. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-upkeep-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The store of a file, which is closed before the folder goes. */
export function openStore(path: string) {
  const store = openSqliteStore({ path })
  onTestFinished(() => store.close())
  return store
}

/** An event of one of 30 visitors, in one of 90 sessions. */
export const visit = (i: number, more = {}) =>
  makeFact({ id: `e${i}`, visitorId: `v${i % 30}`, session: { id: `s${i % 90}` }, time: NOON + i, ...more })

/** A file with some visits, closed. */
export async function makeFile(): Promise<string> {
  const path = join(makeFolder(), 'sojourn.db')
  const store = openSqliteStore({ path })
  await store.commit(Array.from({ length: 300 }, (_, i) => visit(i)))
  await store.commit(Array.from({ length: 50 }, (_, i) => makeFact({ id: `u${i}`, visitorId: `v${i % 7}` })))
  await store.close()
  return path
}
