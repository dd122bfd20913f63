import { addCells, createGapCells } from '../../../what-if/gap-summary.ts'
import type { GapCells } from '../../../what-if/gap-summary.ts'
import type { DayRange } from '../../../what-if/what-if.ts'
import type { SqliteDatabase } from '../open-database.ts'
import { decodeCells } from './gap-blob.ts'
import { ALL_SOURCES } from './gap-upkeep.ts'

/** The cells of a range of days: of each of the sources alone, added up; or, where none is named, of all events together. */
export type ReadGaps = (sourceRows: readonly number[] | undefined, days: DayRange) => GapCells

/** Prepares the statement, over the reading connection of a story. */
export function createReadGaps(db: SqliteDatabase): ReadGaps {
  const select = db
    .prepare<[number, number, number], Buffer>(
      'select cells from gaps where source_row = ? and day >= ? and day < ?',
    )
    .pluck()
  return (sourceRows = [ALL_SOURCES], { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER }) => {
    const sum = createGapCells()
    for (const row of sourceRows)
      for (const cells of select.all(row, from, to)) addCells(sum, decodeCells(cells))
    return sum
  }
}
