import { createHash } from 'node:crypto'
import type { Fact } from '../../ingest/fact.ts'
import type { SqliteDatabase } from './open-database.ts'

/** Events that were erased, known by a hash alone. */
export interface ErasedEvents {
  /** True for a repetition of an event that was erased. */
  has(fact: Fact): boolean
  add(id: string, time: number): void
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

/** A repetition has the time of the first, but for how differently its sender's clock may have been corrected, in ms. */
const TIME_LEEWAY_MS = 86_400_000

/** Prepares the statements. Events of today cost nothing: they are later than all that were erased. */
export function createErasedEvents(db: SqliteDatabase): ErasedEvents {
  const select = db.prepare<[Buffer], number>('select 1 from erased_events where hash = ?').pluck()
  const latest = db.prepare<[], number | null>('select max(time) from erased_events').pluck()
  const insert = db.prepare<[Buffer, number]>('insert or ignore into erased_events values (?, ?)')
  let until: number | undefined

  return {
    has({ event, time }) {
      until ??= (latest.get() ?? -Infinity) + TIME_LEEWAY_MS
      return time <= until && select.get(hashOf(event.id)) !== undefined
    },
    add(id, time) {
      until = undefined
      insert.run(hashOf(id), time)
    },
    forget() {
      until = undefined
    },
  }
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest().subarray(0, 16)
}
