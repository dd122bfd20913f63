import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Page } from '../store/store.ts'

/** All rows of a list, page by page; the next one is read when the one before has been taken. */
export async function* allPages<Row>(
  read: (cursor: string | undefined) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  let cursor: string | null | undefined
  do {
    const page: Page<Row> = await read(cursor ?? undefined)
    yield page.rows
    cursor = page.next
  } while (cursor !== null)
}

/** Rows as NDJSON: one JSON text a line. */
export async function* ndjsonLines(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/** Answers with a file of these chunks, no faster than the reader takes them. A reader that leaves is no error. */
export async function streamFile(
  res: Response,
  {
    filename,
    type,
    chunks,
  }: { readonly filename: string; readonly type: string; readonly chunks: AsyncGenerator<string> },
): Promise<void> {
  // The first page is read before the answer begins, so that a storage that fails is still answered as a problem.
  const first = await chunks.next()
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Disposition', `attachment; filename="${filename}"`)
  if (!first.done) res.write(first.value)
  try {
    await pipeline(Readable.from(chunks), res)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!isGone) throw error
  }
}
