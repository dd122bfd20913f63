import { csvLine } from '../query/csv.ts'
import { EVENT_COLUMNS } from '../query/event-columns.ts'
import { SESSION_COLUMNS } from '../query/session-columns.ts'

const HEADERS = [EVENT_COLUMNS, SESSION_COLUMNS].map((columns) =>
  csvLine(columns.map(([name]) => name)).trimEnd(),
)

/**
 * True for the first line of a CSV file of ours. Such a table is for spreadsheets: it leaves out what has no column, such as languages
 * and screens, so that no event can be made of it again without loss.
 */
export function isExportedTable(firstLine: string | undefined): boolean {
  return firstLine !== undefined && HEADERS.includes(firstLine)
}
