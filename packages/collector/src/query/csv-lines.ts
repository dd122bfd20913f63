import { csvLine } from './csv.ts'
import type { CsvValue } from './csv.ts'

/** What a CSV file tells of its rows, in order. */
export type CsvColumns<Row> = readonly (readonly [name: string, read: (row: Row) => CsvValue])[]

/** Rows as CSV, page by page; the line of names comes with the first page. */
export async function* csvLines<Row>(
  columns: CsvColumns<Row>,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  let head = csvLine(columns.map(([name]) => name))
  for await (const page of pages) {
    yield head + page.map((row) => csvLine(columns.map(([, read]) => read(row)))).join('')
    head = ''
  }
}
