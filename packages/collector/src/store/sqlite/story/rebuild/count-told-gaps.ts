import { countGaps } from '../../../../what-if/gap-summary.ts'
import type { GapSummary } from '../../../../what-if/gap-summary.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import { encodeCells } from '../gap-blob.ts'
import { ALL_SOURCES } from '../gap-upkeep.ts'
import type { EventBlock } from './event-block.ts'
import type { KeyRun } from './gathered-events.ts'

/** The summary of gaps of a story that is told anew. */
export interface ToldGaps {
  add(block: EventBlock, runs: readonly KeyRun[]): void
  write(): void
}

/** Over the connection of a story that has no gaps yet. */
export function createToldGaps(db: SqliteDatabase): ToldGaps {
  const summaries = new Map<number, GapSummary>()

  function count(source: number, times: readonly number[]): void {
    let summary = summaries.get(source)
    if (!summary) summaries.set(source, (summary = new Map()))
    countGaps(summary, { times }, 1)
  }

  return {
    add({ time, mark }, runs) {
      for (const { from, to } of runs) {
        const all: number[] = []
        const bySource = new Map<number, number[]>()
        for (let place = from; place < to; place++) {
          if ((mark[place]! & 1) === 1) continue
          const source = mark[place]! >>> 1
          const own = bySource.get(source)
          if (own) own.push(time[place]!)
          else bySource.set(source, [time[place]!])
          all.push(time[place]!)
        }
        count(ALL_SOURCES, all)
        for (const [source, times] of bySource) count(source, times)
      }
    },
    write() {
      const insert = db.prepare<[number, number, Buffer]>('insert into gaps values (?, ?, ?)')
      for (const [source, summary] of summaries)
        for (const [day, cells] of summary) insert.run(source, day, encodeCells(cells))
    },
  }
}
