import Database from 'better-sqlite3'

/** What a plain window query makes of the events of a collector's file. */
export interface LagAnswer {
  readonly events: number
  readonly sessions: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** Gaps before and after each non-passive event of a visitor, in ms; null where there is none. */
const GAPS = `select time - lag(time) over key as before, lead(time) over key - time as after
from events
where passive = 0
window key as (partition by identity_row order by time, id)`

/** Counts the sessions of 30 minutes with `lag()`, in this process: what telling them costs without keeping anything of them. */
export function countByLag(file: string, timeoutMs: number): LagAnswer {
  const db = new Database(file, { readonly: true })
  const cpu = process.cpuUsage()
  const start = performance.now()
  const sessions = db
    .prepare<[number], number>(`select count(*) from (${GAPS}) where before is null or before >= ?`)
    .pluck()
    .get(timeoutMs)!
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  const events = db.prepare<[], number>('select count(*) from events').pluck().get()!
  db.close()
  return { events, sessions, seconds, cpuSeconds: (user + system) / 1e6 }
}

/** What a timeout makes of the events, counted from every single gap. */
export interface CountedTimeout {
  readonly timeoutMs: number
  sessions: number
  bounces: number
  totalDurationMs: number
}

/** Counts for each of the timeouts, which ascend, by going through all gaps. Takes seconds where what-if takes milliseconds. */
export function countByBruteForce(file: string, timeouts: readonly number[]): readonly CountedTimeout[] {
  const counted = timeouts.map((timeoutMs) => ({ timeoutMs, sessions: 0, bounces: 0, totalDurationMs: 0 }))
  const db = new Database(file, { readonly: true })
  const gaps = db.prepare<[], [before: number | null, after: number | null]>(GAPS).raw()
  for (const [before, after] of gaps.iterate())
    for (const each of counted) {
      if (before !== null && before < each.timeoutMs) each.totalDurationMs += before
      else {
        each.sessions++
        if (after === null || after >= each.timeoutMs) each.bounces++
      }
    }
  db.close()
  return counted
}
