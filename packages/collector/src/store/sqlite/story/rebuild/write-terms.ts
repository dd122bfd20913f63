import type { SqliteDatabase } from '../../open-database.ts'
import { termOfCode } from './term-codes.ts'
import type { TermCode } from './term-codes.ts'

/** Lists settled sessions by their terms. */
export interface WriteTerms {
  add(row: number, start: number, terms: readonly TermCode[]): void
  /** Writes what was added since. */
  flush(): void
}

/**
 * Over the connection of a story that is told anew, where the sessions are written already. The entries go in sorted, and all of a term at
 * once: one by one, in the order of the sessions, they take several times as long.
 */
export function createWriteTerms(db: SqliteDatabase): WriteTerms {
  // `or fail`: see `createCopySession`. A table of their own, in the order in which a term lists them: to look their start up among the sessions takes half as long again.
  db.exec(
    'create temp table listed (place integer primary key, row integer not null, start integer not null)',
  )
  const list = db.prepare<[string]>(
    `insert or fail into listed
    select wanted.key, s.row, s.start from json_each(?) wanted cross join sessions s on s.row = wanted.value`,
  )
  const insert = db.prepare<[string, string]>(
    `insert or fail into session_terms
    select ?, listed.start, listed.row from json_each(?) holds cross join listed on listed.place = holds.value`,
  )
  const unlist = db.prepare('delete from listed')
  let rows: number[] = []
  let starts: number[] = []
  let termsOf: (readonly TermCode[])[] = []

  /** The sessions in order of their start and row, and the places in that order of those that hold each term. */
  function inOrder(): { readonly listed: readonly number[]; readonly byTerm: Map<TermCode, number[]> } {
    const order = Uint32Array.from(rows.keys()).sort((a, b) => starts[a]! - starts[b]! || a - b)
    const byTerm = new Map<TermCode, number[]>()
    order.forEach((each, place) => {
      for (const code of termsOf[each]!) {
        const known = byTerm.get(code)
        if (known) known.push(place)
        else byTerm.set(code, [place])
      }
    })
    return { listed: Array.from(order, (each) => rows[each]!), byTerm }
  }

  return {
    add(row, start, terms) {
      rows.push(row)
      starts.push(start)
      termsOf.push(terms)
    },
    flush() {
      const { listed, byTerm } = inOrder()
      list.run(`[${listed.join()}]`)
      const terms = [...byTerm].map(([code, places]) => ({ term: termOfCode(code), places }))
      for (const { term, places } of terms.sort((a, b) => (a.term < b.term ? -1 : 1)))
        insert.run(term, `[${places.join()}]`)
      unlist.run()
      rows = []
      starts = []
      termsOf = []
    },
  }
}
