import type { ComparedSession, ComparedSide, DefinitionComparison } from '@sojourn/protocol'
import Database from 'better-sqlite3'
import type { SessionBounds } from '../../../session/session-bounds.ts'
import { unpackId } from '../pack-id.ts'
import type { PackedId } from '../pack-id.ts'
import { readStatement } from '../read-statement.ts'

/** Where the sessions of one side are: the file of a story, or the file of the facts for those of `client`. */
export interface SideFile {
  readonly path: string
  readonly isClient: boolean
}

const SPLITS = readStatement('./story/count-splits.sql')
const SPLIT_EXAMPLES = readStatement('./story/split-examples.sql')
const PARTS = readStatement('./story/parts-of-session.sql')
const SUMS =
  'select count(*) as sessions, ifnull(sum(events = 1), 0) as bounces, ifnull(sum(duration), 0) as duration'
const MOST_PARTS = 10

/** Compares what two files tell of the same events. Takes time in proportion to the events. */
export function compareStories(first: SideFile, second: SideFile, maxExamples: number): DefinitionComparison {
  const db = new Database(':memory:')
  try {
    db.prepare('attach ? as first').run(first.path)
    db.prepare('attach ? as second').run(second.path)
    const membersOf = { first: members('first', first), second: members('second', second) }
    type Name = keyof typeof membersOf

    const statement = <Row>(sql: string, own: Name, other: Name) =>
      db.prepare<[object], Row>(
        sql
          .replaceAll('/* own */', () => membersOf[own])
          .replaceAll('/* other */', () => membersOf[other])
          .replaceAll('other_schema', other)
          .replaceAll('own_schema', own),
      )
    const side = (name: Name) =>
      db.prepare<[], ComparedSide>(`${SUMS} from ${name}.sessions where events > 0`).get()!
    const counts = (own: Name, other: Name) =>
      statement<{ several: number; alone: number }>(SPLITS, own, other).get({})!
    const examples = (kind: ComparedSession['kind'], own: Name, other: Name): ComparedSession[] => {
      const parts = statement<{ id: PackedId; bounds: string | null }>(PARTS, own, other)
      return statement<{ row: number; id: PackedId }>(SPLIT_EXAMPLES, own, other)
        .all({ limit: maxExamples })
        .map(({ row, id }) => ({
          kind,
          session: unpackId(id),
          into: parts.all({ session: row, limit: MOST_PARTS }).map(toPart),
        }))
    }
    const [split, merged] = [counts('first', 'second'), counts('second', 'first')]
    return {
      first: side('first'),
      second: side('second'),
      split: split.several,
      merged: merged.several,
      onlyFirst: split.alone,
      onlySecond: merged.alone,
      examples: [...examples('split', 'first', 'second'), ...examples('merged', 'second', 'first')],
    }
  } finally {
    db.close()
  }
}

/** The non-passive events of a side and their sessions. */
function members(schema: string, { isClient }: SideFile): string {
  return isClient
    ? `select row as event_row, session_row from ${schema}.events where passive = 0 and session_row is not null`
    : `select event_row, session_row from ${schema}.told where active = 1 and session_row > 0
       union all
       select cast(member.value as integer), session_row from ${schema}.packed join json_each(packed.events) member
       where session_row > 0 and member.value > 0`
}

function toPart({ id, bounds }: { id: PackedId; bounds: string | null }): ComparedSession['into'][number] {
  const session = unpackId(id)
  return bounds === null ? { session } : { session, ...(JSON.parse(bounds) as SessionBounds).start }
}
