import type { Definition } from '../../../definition/definition.ts'
import type { SessionBounds } from '../../../session/session-bounds.ts'
import { createIdentities } from '../identities.ts'
import { unpackId } from '../pack-id.ts'
import { sessionColumns } from '../session-columns.ts'
import { addTerms } from '../session-terms.ts'
import type { StoreParts } from '../store-parts.ts'
import { createWords } from '../words.ts'
import { createFoldedStates } from './folded-states.ts'
import { SELECT_ROW_SESSION } from './row-session.ts'
import type { RowSession } from './row-session.ts'
import type { FactsFile } from './story.ts'
import { openStoryFile } from './story-file.ts'
import { SELECT_MEMBERS } from './told-events.ts'

/** The rows of a story's sessions as they were told, and as their events fold to. */
export function rowsOf(
  path: string,
  definition: Definition,
  { path: factsPath, facts, parts: shared }: FactsFile,
) {
  const { writer, close } = openStoryFile(path, factsPath)
  const states = createFoldedStates(writer, definition, facts)
  const parts: StoreParts = {
    ...shared,
    words: createWords(writer),
    identities: createIdentities(writer),
    states,
  }
  const select = writer.prepare<[number], Omit<RowSession, 'writtenTerms' | 'lacks'>>(SELECT_ROW_SESSION)
  const members = writer.prepare<[number, number], number>(SELECT_MEMBERS).pluck()
  const rows = writer.prepare<[], number>('select row from sessions order by row').pluck().all()
  const inOrder = (terms: string) => terms.split(',').sort().join()
  const told = rows.map((row) => {
    const { settled: _settled, ...columns } = select.get(row)!
    return { ...columns, terms: inOrder(columns.terms), bounds: JSON.parse(columns.bounds) as SessionBounds }
  })
  const folded = told.map(({ row, id, identity_row, bounds }) => {
    const state = states.decode('', row)
    const terms = new Set<string>()
    for (const event of members.all(row, row)) addTerms(terms, facts.read(event).fact.event, parts.words)
    const live = {
      row,
      id: unpackId(id),
      identityRow: identity_row,
      derived: true,
      state,
      terms,
      bounds,
      written: undefined,
      settled: undefined,
    }
    const columns = sessionColumns(live, state!, parts)
    return { ...columns, terms: inOrder(columns.terms), bounds }
  })
  close()
  return { told, folded }
}
