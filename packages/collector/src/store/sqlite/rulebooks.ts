import { compileRulebook, EMPTY_RULEBOOK, readRulebook, rulebookJson } from '../../scoring/rulebook.ts'
import type { Rulebook, RulebookJson } from '../../scoring/rulebook.ts'
import { FIRST_RULEBOOK, MIXED_SCORE } from '../../scoring/score.ts'
import type { ScoreEvent } from '../../scoring/score.ts'
import type { SqliteDatabase } from './open-database.ts'

/** The rules and goals that sessions are scored by, and those that some sessions are still scored by. */
export interface Rulebooks {
  current(): Rulebook
  readonly score: ScoreEvent
  /** Makes the next rulebook of the current one and a change; the current one itself where nothing changes. */
  put(change: Partial<Pick<Rulebook, 'rules' | 'goals'>>): Rulebook
  /** Takes note of a rulebook that another connection may have put, and has it at hand: a function within a statement can't ask for it. */
  refresh(): void
  /** Forgets what it remembers: a transaction was undone, or someone else wrote. */
  forget(): void
}

/** Sessions of an older one are scored again by the time it goes; those that are not show no points until they are. */
const KEPT = 20

/** Prepares the statements. */
export function createRulebooks(db: SqliteDatabase): Rulebooks {
  const selectLast = db
    .prepare<[], number>(`select ifnull(max(number), ${FIRST_RULEBOOK}) from rulebooks`)
    .pluck()
  const select = db.prepare<[number], string>('select body from rulebooks where number = ?').pluck()
  const insert = db.prepare<[number, string]>('insert into rulebooks (number, body) values (?, ?)')
  const removeOld = db.prepare<[number]>('delete from rulebooks where number <= ?')
  const compiled = new Map<number, ReturnType<typeof compileRulebook> | undefined>()
  let latest: Rulebook | undefined

  function find(number: number): Rulebook | undefined {
    if (number === FIRST_RULEBOOK) return EMPTY_RULEBOOK
    const body = select.get(number)
    return body === undefined ? undefined : readRulebook(number, JSON.parse(body) as RulebookJson)
  }

  function current(): Rulebook {
    return (latest ??= find(selectLast.get()!)!)
  }

  function scorerOf(number: number): ReturnType<typeof compileRulebook> | undefined {
    if (compiled.has(number)) return compiled.get(number)
    const rulebook = find(number)
    const scorer = rulebook && compileRulebook(rulebook)
    compiled.set(number, scorer)
    return scorer
  }

  const write = db.transaction((number: number, body: string) => {
    insert.run(number, body)
    removeOld.run(number - KEPT)
  })

  function forget(): void {
    latest = undefined
    compiled.clear()
  }

  return {
    current,
    score: (event, number = current().number) => scorerOf(number)?.(event) ?? MIXED_SCORE,
    put(change) {
      forget()
      const before = current()
      const next = { ...before, ...change, number: before.number + 1 }
      const body = JSON.stringify(rulebookJson(next))
      if (body === JSON.stringify(rulebookJson(before))) return before
      write.immediate(next.number, body)
      forget()
      return next
    },
    refresh() {
      if (latest && latest.number !== selectLast.get()) forget()
      current()
    },
    forget,
  }
}
