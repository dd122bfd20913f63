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
  const insert = db.prepare<[string, string]>(
    `insert into session_terms
    select ?, s.start, s.row from json_each(?) listed cross join sessions s on s.row = listed.value`,
  )
  let rows: number[] = []
  let starts: number[] = []
  let termsOf: (readonly TermCode[])[] = []

  /** The places of the sessions that hold each term, in order of their start and row. */
  function placesByTerm(): Map<TermCode, number[]> {
    const inOrder = Uint32Array.from(rows.keys()).sort((a, b) => starts[a]! - starts[b]! || a - b)
    const places = new Map<TermCode, number[]>()
    for (const place of inOrder)
      for (const code of termsOf[place]!) {
        const known = places.get(code)
        if (known) known.push(place)
        else places.set(code, [place])
      }
    return places
  }

  return {
    add(row, start, terms) {
      rows.push(row)
      starts.push(start)
      termsOf.push(terms)
    },
    flush() {
      const byTerm = [...placesByTerm()].map(([code, places]) => ({ term: termOfCode(code), places }))
      for (const { term, places } of byTerm.sort((a, b) => (a.term < b.term ? -1 : 1)))
        insert.run(term, `[${places.map((place) => rows[place]).join()}]`)
      rows = []
      starts = []
      termsOf = []
    },
  }
}
