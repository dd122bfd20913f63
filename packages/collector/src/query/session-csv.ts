import type { SessionObject } from '@sojourn/protocol'
import { csvLine } from './csv.ts'
import { SESSION_COLUMNS } from './session-columns.ts'

/** Sessions as CSV, page by page; the line of names comes with the first page. */
export async function* csvLines(pages: AsyncIterable<readonly SessionObject[]>): AsyncGenerator<string> {
  let head = csvLine(SESSION_COLUMNS.map(([name]) => name))
  for await (const page of pages) {
    yield head + page.map((session) => csvLine(SESSION_COLUMNS.map(([, read]) => read(session)))).join('')
    head = ''
  }
}
