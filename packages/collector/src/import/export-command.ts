import { openSourceDirectory } from '../ingest/source-directory.ts'
import { eventObject } from '../query/event-object.ts'
import { csvLines } from '../query/csv-lines.ts'
import { EVENT_COLUMNS } from '../query/event-columns.ts'
import { SESSION_COLUMNS } from '../query/session-columns.ts'
import { parseSessionsQuery } from '../query/sessions-parameters.ts'
import { allPages, ndjsonLines } from '../query/stream-rows.ts'
import { BEGINNING } from '../store/queries.ts'
import { whenTold } from '../store/when-told.ts'
import type { Store } from '../store/store.ts'

/** What `sojourn export` was asked to do. */
export type ExportWish =
  | { readonly what: 'events'; readonly format: ExportFormat }
  | { readonly what: 'sessions'; readonly definition: string; readonly format: ExportFormat }
type ExportFormat = 'ndjson' | 'csv'

export const EXPORT_USAGE = 'sojourn export events | sessions [--definition NAME] [--format ndjson|csv]'
const PAGE = 500

/** The wish in the arguments behind `export`, or how to mend them; what is left of them are flags of the settings. */
export function parseExportWish(args: readonly string[]): {
  readonly wish: ExportWish | { readonly mend: string }
  readonly rest: readonly string[]
} {
  const [what, ...flags] = args
  const mend = { mend: `Try: ${EXPORT_USAGE}.` }
  if (what !== 'events' && what !== 'sessions') return { wish: mend, rest: flags }
  const rest: string[] = []
  // Events are in no definition.
  let definition: string | undefined = what === 'events' ? undefined : 'client'
  let format: string | undefined = 'ndjson'
  for (let i = 0; i < flags.length; i++) {
    const [name, value] = flags[i]!.split('=')
    if (name === '--definition') definition = value ?? flags[++i]
    else if (name === '--format') format = value ?? flags[++i]
    else rest.push(flags[i]!)
  }
  if (format !== 'ndjson' && format !== 'csv') return { wish: mend, rest }
  if (what === 'events') return { wish: definition === undefined ? { what, format } : mend, rest }
  return { wish: definition ? { what, definition, format } : mend, rest }
}

/**
 * Everything that was asked for, as text in pieces: sessions oldest first; events in the order in which they were stored, so that a session
 * that several senders name is that of the same one again where they are imported. Rejects with `NoSuchDefinition`.
 */
export async function* exportText(wish: ExportWish, store: Store): AsyncGenerator<string> {
  if (wish.what === 'events') {
    const sources = await openSourceDirectory(store)
    const events = allPages(async (cursor) => {
      const after = cursor ?? BEGINNING
      const { rows, place } = await store.eventTail({ after, mostBehind: Infinity, limit: PAGE })
      return {
        rows: rows.map((row) => eventObject(row, sources)),
        next: rows.length < PAGE ? null : place,
      }
    })
    return yield* wish.format === 'csv' ? csvLines(EVENT_COLUMNS, events) : ndjsonLines(events)
  }
  const parsed = parseSessionsQuery(new URLSearchParams({ sort: 'start', limit: String(PAGE) }), Date.now())
  if (!parsed.ok) throw new Error(`a query of our own was refused: ${parsed.errors.join(' ')}`)
  const query = { ...parsed.query, definition: wish.definition }
  const pages = allPages((cursor) =>
    whenTold(() => store.sessions(cursor === undefined ? query : { ...query, cursor })),
  )
  yield* wish.format === 'csv' ? csvLines(SESSION_COLUMNS, pages) : ndjsonLines(pages)
}
