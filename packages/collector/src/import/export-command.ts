import { openSourceDirectory } from '../ingest/source-directory.ts'
import { eventObject } from '../query/event-object.ts'
import { csvLines } from '../query/session-csv.ts'
import { parseSessionsQuery } from '../query/sessions-parameters.ts'
import { allPages, ndjsonLines } from '../query/stream-rows.ts'
import { StillTelling } from '../store/kept-definition.ts'
import type { Store } from '../store/store.ts'

/** What `sojourn export` was asked to do. */
export type ExportWish =
  | { readonly what: 'events' }
  | { readonly what: 'sessions'; readonly definition: string; readonly format: 'ndjson' | 'csv' }

export const EXPORT_USAGE = 'sojourn export events | sessions [--definition NAME] [--format ndjson|csv]'
const PAGE = 500

/** The wish in the arguments behind `export`, or how to mend them; what is left of them are flags of the settings. */
export function parseExportWish(args: readonly string[]): {
  readonly wish: ExportWish | { readonly mend: string }
  readonly rest: readonly string[]
} {
  const [what, ...flags] = args
  const mend = { mend: `Try: ${EXPORT_USAGE}.` }
  if (what === 'events') return { wish: { what }, rest: flags }
  if (what !== 'sessions') return { wish: mend, rest: flags }
  const rest: string[] = []
  let definition: string | undefined = 'client'
  let format: string | undefined = 'ndjson'
  for (let i = 0; i < flags.length; i++) {
    const [name, value] = flags[i]!.split('=')
    if (name === '--definition') definition = value ?? flags[++i]
    else if (name === '--format') format = value ?? flags[++i]
    else rest.push(flags[i]!)
  }
  const isKnown = format === 'ndjson' || format === 'csv'
  return {
    wish: definition && isKnown ? { what, definition, format: format as 'ndjson' | 'csv' } : mend,
    rest,
  }
}

/** Everything that was asked for, as text in pieces: events newest first, sessions oldest first. Rejects with `NoSuchDefinition`. */
export async function* exportText(wish: ExportWish, store: Store): AsyncGenerator<string> {
  if (wish.what === 'events') {
    const sources = await openSourceDirectory(store)
    yield* ndjsonLines(
      allPages(async (cursor) => {
        const { rows, next } = await store.events({ limit: PAGE, ...(cursor !== undefined && { cursor }) })
        return { rows: rows.map((row) => eventObject(row, sources)), next }
      }),
    )
    return
  }
  const parsed = parseSessionsQuery(new URLSearchParams({ sort: 'start', limit: String(PAGE) }), Date.now())
  if (!parsed.ok) throw new Error(`a query of our own was refused: ${parsed.errors.join(' ')}`)
  const query = { ...parsed.query, definition: wish.definition }
  const pages = allPages((cursor) =>
    whenTold(() => store.sessions(cursor === undefined ? query : { ...query, cursor })),
  )
  yield* wish.format === 'csv' ? csvLines(pages) : ndjsonLines(pages)
}

/** The answer, once the sessions are told, however long that takes. */
async function whenTold<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof StillTelling)) throw error
    }
  }
}
