import type { SqliteDatabase } from '../../open-database.ts'
import type { PackedId } from '../../pack-id.ts'
import type { FoundColumns } from './found-columns.ts'
import { termsColumn } from './term-codes.ts'

/** A session that was told, before it is written. */
export interface ToldSession {
  readonly row: number
  readonly id: PackedId
  readonly identityRow: number
  /** Epoch ms of its last non-passive event. */
  readonly lastTime: number
  readonly endsAt: number
  readonly isSettled: boolean
  /** The JSON of its `SessionBounds`. */
  readonly bounds: string
}

/** Writes a session of a story that is told anew. */
export type WriteSession = (session: ToldSession, found: FoundColumns) => void

const NAMES = [
  ...['row', 'id', 'identity_row', 'derived', 'profile_row', 'source_row', 'start', 'ends_at', 'duration'],
  ...['events', 'page_views', 'entry_name', 'exit_name', 'entry_path', 'exit_path', 'device', 'country'],
  ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'terms', 'state', 'bounds'],
  ...['settled', 'rulebook', 'points', 'goals'],
]

/** Over the connection of a story that is told anew. Values go by their place, which takes a third of the time of going by name. */
export function createWriteSession(db: SqliteDatabase): WriteSession {
  const insert = db.prepare<[readonly unknown[]]>(
    `insert into sessions (${NAMES.join()}) values (${NAMES.map(() => '?').join()})`,
  )
  return ({ row, id, identityRow, lastTime, endsAt, isSettled, bounds }, found) => {
    const { start, campaign } = found
    insert.run([
      row,
      id,
      identityRow,
      1,
      found.userRow === 0 ? identityRow : found.userRow,
      found.sourceRow,
      start,
      endsAt,
      found.entryName === 0 ? 0 : Math.floor((lastTime - start) / 1000),
      found.events,
      found.pageViews,
      word(found.entryName),
      word(found.exitName),
      word(found.entryPath),
      word(found.exitPath),
      word(found.device),
      word(found.country),
      word(campaign[0]!),
      word(campaign[1]!),
      word(campaign[2]!),
      word(campaign[3]!),
      word(campaign[4]!),
      termsColumn(found.terms),
      '',
      bounds,
      isSettled ? 1 : 0,
      found.rulebook,
      found.points,
      found.goals,
    ])
  }
}

function word(row: number): number | null {
  return row === 0 ? null : row
}
