import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { SessionObject } from '@sojourn/protocol'
import { distinctFacts } from '../../session/facts.fixture.ts'
import { allSessions } from '../contract/read-all.fixture.ts'
import { PROPERTY_TIMEOUT_MS } from '../contract/store-place.fixture.ts'
import type { Store } from '../store.ts'
import { openDatabase } from './open-database.ts'
import { createSqliteStore } from './sqlite-store.ts'
import { TUNING } from './tuning.ts'

/** Which of two processes commits the next fact, or what happens to the first. */
const steps = fc.array(fc.constantFrom('first', 'second', 'kill', 'look'), { maxLength: 30 })

/** Commits the facts as the steps say, to one file; returns its sessions as a process finds them that opens it after all others were killed. */
async function sessionsAfter(
  facts: Parameters<Store['commit']>[0],
  wish: { readonly steps: readonly string[]; readonly lateSessions: number },
): Promise<readonly SessionObject[]> {
  const directory = await mkdtemp(join(tmpdir(), 'sojourn-told-'))
  const opened: { close(): Promise<void> }[] = []
  let file = join(directory, '0.db')
  const open = () => {
    const db = openDatabase(file)
    // What is measured here is what is written, not when it reaches the disk.
    db.pragma('synchronous = off')
    const store = createSqliteStore(db, { ...TUNING, lateSessions: wish.lateSessions })
    opened.push(store)
    return store
  }
  /** The files as they lie on the disk are all that a killed process leaves. */
  const kill = async () => {
    const copy = join(directory, `${opened.length}.db`)
    await copyFile(file, copy)
    await copyFile(`${file}-wal`, `${copy}-wal`)
    file = copy
  }
  try {
    let [first, second] = [open(), open()]
    const order = wish.steps[Symbol.iterator]()
    for (const fact of facts) {
      let step = order.next().value ?? 'first'
      for (; step === 'kill' || step === 'look'; step = order.next().value ?? 'first')
        if (step === 'look') await allSessions(first)
        else {
          await kill()
          ;[first, second] = [open(), open()]
        }
      await (step === 'first' ? first : second).commit([fact])
    }
    await kill()
    return await allSessions(open())
  } finally {
    for (const store of opened) await store.close()
    await rm(directory, { recursive: true })
  }
}

propertyTest.prop([distinctFacts(12), steps, fc.constantFrom(0, 2, 1_000)], { numRuns: 60 })(
  'sessions hold all events, however many processes commit and whenever they are killed',
  async (facts, order, lateSessions) => {
    const told = await sessionsAfter(facts, { steps: order, lateSessions })
    expect(told).toEqual(await sessionsAfter(facts, { steps: [], lateSessions: 0 }))
  },
  PROPERTY_TIMEOUT_MS,
)
