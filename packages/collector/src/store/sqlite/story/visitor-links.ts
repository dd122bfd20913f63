import { firstIdentity, identityIn } from '../../../profile/identity.ts'
import type { Identity as Link } from '../../../profile/identity.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { createRecentMap } from '../recent-map.ts'
import type { StoredFact } from './facts-reader.ts'

/** A visitor whose anonymous events go to another person than before. */
export interface LinkChange {
  readonly visitor: string
  readonly before: Link | undefined
  readonly after: Link
}

/** Who visitors first said they are, of the events told so far. */
export interface VisitorLinks {
  of(visitor: string | undefined): Link | undefined
  /** Learns from events that are about to be told; lists the visitors that are someone else now. */
  learn(facts: readonly StoredFact[]): readonly LinkChange[]
  /** Forgets what it remembers: a transaction was undone. */
  forget(): void
}

interface LinkRow {
  readonly time: number
  readonly id: string
  readonly userId: string
}

const REMEMBERED = 5_000

/** Prepares the statements. */
export function createVisitorLinks(db: SqliteDatabase): VisitorLinks {
  const select = db.prepare<[string], LinkRow>(
    'select time, event_id as id, user_id as userId from links where visitor = ?',
  )
  const write = db.prepare<[string, number, string, string]>(
    'insert or replace into links values (?, ?, ?, ?)',
  )
  const remembered = createRecentMap<string, LinkRow | 'nobody'>(REMEMBERED)

  function of(visitor: string | undefined): Link | undefined {
    if (visitor === undefined) return undefined
    const known = remembered.get(visitor) ?? select.get(visitor) ?? 'nobody'
    remembered.set(visitor, known)
    return known === 'nobody' ? undefined : known
  }

  return {
    of,
    learn(facts) {
      const learnt = new Map<string, Link>()
      for (const { fact } of facts) {
        const said = identityIn(fact.event, fact.time)
        const visitor = fact.event.visitorId
        if (said && visitor !== undefined) learnt.set(visitor, firstIdentity(learnt.get(visitor), said)!)
      }
      const changes: LinkChange[] = []
      for (const [visitor, said] of learnt) {
        const before = of(visitor)
        const after = firstIdentity(before, said)!
        if (after === before) continue
        write.run(visitor, after.time, after.id, after.userId)
        remembered.set(visitor, after)
        if (after.userId !== before?.userId) changes.push({ visitor, before, after })
      }
      return changes
    },
    forget: () => remembered.clear(),
  }
}
