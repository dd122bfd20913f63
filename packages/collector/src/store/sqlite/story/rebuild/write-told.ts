import { sessionIdUnder, stampedSessionIdUnder, definitionId } from '../../../../definition/definition-id.ts'
import type { Definition } from '../../../../definition/definition.ts'
import type { Telling } from '../../../../definition/telling.ts'
import type { Key } from '../../../../session/derived-id.ts'
import type { SessionBounds } from '../../../../session/session-bounds.ts'
import { toKey } from '../../identities.ts'
import { packId } from '../../pack-id.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import type { Words } from '../../words.ts'
import { packEvents } from '../packed-events.ts'
import { boundAt } from '../told-sessions.ts'
import type { EventBlock } from './event-block.ts'
import { idsAt } from './event-ids.ts'
import type { EventIds } from './event-ids.ts'
import type { KeyRun } from './gathered-events.ts'
import type { FoldColumns } from './fold-columns.ts'
import type { FoundColumns } from './found-columns.ts'
import type { ReadClientSessions } from './client-sessions.ts'
import type { WriteSession } from './session-writer.ts'
import { membersOf } from './tell-runs.ts'
import { unionColumns } from './union-columns.ts'
import type { Union } from './union-columns.ts'

/** What was told of some keys. */
export interface ToldBlock {
  readonly block: EventBlock
  readonly runs: readonly KeyRun[]
  readonly telling: Telling
}

/** Writes what was told of one block after the other. */
export type WriteTold = (told: ToldBlock) => void

/** `sizes` has the number of events of each session of `client`; `latestTime` is that of the whole story. */
export function createWriteTold(
  db: SqliteDatabase,
  definition: Definition,
  {
    readClientSessions,
    foldColumns,
    writeSession,
    words,
    ids,
    sizes,
    latestTime,
  }: {
    readonly readClientSessions: ReadClientSessions
    readonly foldColumns: FoldColumns
    readonly writeSession: WriteSession
    readonly words: Words
    readonly ids: EventIds
    readonly sizes: Uint32Array
    readonly latestTime: number
  },
): WriteTold {
  const ownId = definitionId(definition.name)
  const { timeoutMs } = definition
  const selectKey = db.prepare<[number], { kind: number; id: string }>(
    'select kind, id from identities where row = ?',
  )
  const pack = db.prepare<[number, number, string]>('insert into packed values (?, ?, ?)')
  const seen = new Uint32Array(sizes.length)
  const placeOf = new Uint32Array(sizes.length)
  let lastRow = 0
  let owner: { row: number; key: Key } | undefined

  function keyOf(row: number): Key {
    if (owner?.row !== row) {
      const { kind, id } = selectKey.get(row)!
      owner = { row, key: toKey(kind, id) }
    }
    return owner.key
  }

  function boundsOf(telling: Telling, session: number, idAt: (place: number) => string): SessionBounds {
    const { startRule, firstRow, startGapMs, endRule, endRow, endGapMs } = telling
    const start = boundAt(startRule[session]!, idAt(firstRow[session]!), startGapMs[session]!)
    if (endRule[session] === 0) return { timeoutMs, start }
    return { timeoutMs, start, end: boundAt(endRule[session]!, idAt(endRow[session]!), endGapMs[session]!) }
  }

  /** The sessions of `client` that the events of a block are in, and the place of each. */
  function clientSessions({ session, length }: EventBlock): ReturnType<ReadClientSessions> {
    const rows = new Set<number>()
    for (let place = 0; place < length; place++) if (session[place] !== 0) rows.add(session[place]!)
    const inOrder = Uint32Array.from(rows).sort()
    inOrder.forEach((row, place) => (placeOf[row] = place))
    return readClientSessions(inOrder)
  }

  /** The sessions of `client` that these events make up wholly; undefined where they do not, or where one of them is muted. */
  function wholeSessions({ block, telling }: ToldBlock, places: Uint32Array): Union | undefined {
    const found: number[] = []
    let isWhole = true
    let isInTurn = true
    let missing = 0
    let opening = 0
    let closing = 0
    for (const place of places) {
      const session = block.session[place]!
      if (seen[session] === 0) {
        // Else the one before goes on after this one has begun.
        if (missing > 0) isInTurn = false
        found.push(session)
        missing += sizes[session]!
      }
      seen[session]!++
      missing--
      const isPassive = (block.mark[place]! & 1) === 1
      if (!isPassive) {
        opening ||= session
        closing = session
      }
      if (session === 0 || (!isPassive && telling.isActive[place] === 0)) isWhole = false
    }
    for (const session of found) seen[session] = 0
    if (!isWhole || missing !== 0) return undefined
    return {
      places: found.map((row) => placeOf[row]!),
      opening: placeOf[opening || found[0]!]!,
      closing: placeOf[closing || found.at(-1)!]!,
      isInTurn,
    }
  }

  function packOutside({ block, telling }: ToldBlock, { from, to }: KeyRun): void {
    const outside: number[] = []
    for (let place = from; place < to; place++)
      if (telling.sessionOf[place] === -1) outside.push(block.row[place]!)
    if (outside.length > 0)
      pack.run(
        block.key[from]!,
        0,
        packEvents(outside, () => true),
      )
  }

  return (told) => {
    const { block, runs, telling } = told
    const { starts, rows } = membersOf(telling, block.length)
    const idOf = idsAt(namedPlaces(telling), block.row, ids)
    const idAt = (place: number) => idOf[place]!
    const clients = clientSessions(block)
    for (let session = 0; session < telling.sessions; session++) {
      const places = rows.subarray(starts[session], starts[session + 1])
      const identityRow = block.key[places[0]!]!
      const key = keyOf(identityRow)
      const stamp = telling.stamp[session]!
      const bounds = boundsOf(telling, session, idAt)
      const lastTime = block.time[telling.lastRow[session]!]!
      const endsAt = lastTime + Math.min(timeoutMs, bounds.end?.gapMs ?? Infinity)
      const isPassive = (i: number) => telling.isActive[places[i]!] === 0
      const eventRows = places.map((place) => block.row[place]!)
      const whole = wholeSessions(told, places)
      const found: FoundColumns =
        (whole && unionColumns(clients, whole)) ?? foldColumns({ rows: eventRows, isPassive })
      const id =
        stamp === 0
          ? sessionIdUnder(ownId, key, idAt(telling.firstRow[session]!))
          : stampedSessionIdUnder(ownId, key, words.text(stamp))
      writeSession(
        {
          row: ++lastRow,
          id: packId(id),
          identityRow,
          lastTime,
          endsAt,
          isSettled: endsAt <= latestTime,
          bounds: JSON.stringify(bounds),
        },
        found,
      )
      pack.run(identityRow, lastRow, packEvents(eventRows, isPassive))
    }
    for (const run of runs) packOutside(told, run)
  }
}

/** Where the events are that name a session or one of its ends. */
function namedPlaces({ sessions, firstRow, endRow }: Telling): Uint32Array {
  const places: number[] = []
  for (let session = 0; session < sessions; session++) {
    places.push(firstRow[session]!)
    if (endRow[session] !== -1) places.push(endRow[session]!)
  }
  return Uint32Array.from(new Set(places))
}
