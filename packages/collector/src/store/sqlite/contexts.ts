import { createHash } from 'node:crypto'
import type { FactContext } from '../../ingest/fact.ts'
import { StoreDamaged } from '../store.ts'
import type { SqliteDatabase } from './open-database.ts'
import { createRecentMap } from './recent-map.ts'

/** A stored context. Equal contexts come back as the same object, so that what is worked out of one is worked out once. */
export interface StoredContext {
  readonly row: number
  readonly context: FactContext
}

/** The contexts of facts, each distinct one kept once. */
export interface Contexts {
  /** The stored context that equals this one; it is stored where it is new. */
  intern(context: FactContext): StoredContext
  /** The context of a row. Throws `StoreDamaged` when there is none, or it is another: rows come from the same database. */
  read(row: number): FactContext
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

const REMEMBERED = 5_000

/** Prepares the statements. */
export function createContexts(db: SqliteDatabase): Contexts {
  const select = db.prepare<[Buffer], number>('select row from contexts where hash = ?').pluck()
  const selectBody = db.prepare<[number], { hash: Buffer; body: string }>(
    'select hash, body from contexts where row = ?',
  )
  const insert = db.prepare<[Buffer, string]>('insert into contexts (hash, body) values (?, ?)')
  const byRow = createRecentMap<number, FactContext>(REMEMBERED)
  const byHash = createRecentMap<string, StoredContext>(REMEMBERED)
  // All facts of a request share one object.
  let byObject = new WeakMap<FactContext, StoredContext>()

  function store(context: FactContext): StoredContext {
    const body = JSON.stringify(context)
    const hash = hashOf(body)
    const name = hash.toString('latin1')
    const known = byHash.get(name)
    if (known) return known
    const row = select.get(hash) ?? Number(insert.run(hash, body).lastInsertRowid)
    const stored = { row, context: byRow.get(row) ?? context }
    byRow.set(row, stored.context)
    byHash.set(name, stored)
    return stored
  }

  return {
    intern(context) {
      const known = byObject.get(context)
      if (known) return known
      const stored = store(context)
      byObject.set(context, stored)
      return stored
    },
    read(row) {
      const known = byRow.get(row)
      if (known) return known
      const found = selectBody.get(row)
      if (!found || !hashOf(found.body).equals(found.hash))
        throw new StoreDamaged(`What is stored of the senders of some events (context ${row}) is damaged.`)
      const { body } = found
      const context = JSON.parse(body) as FactContext
      byRow.set(row, context)
      return context
    },
    forget() {
      byRow.clear()
      byHash.clear()
      byObject = new WeakMap()
    },
  }
}

function hashOf(body: string): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, 16)
}
