import { sessionIdUnder, stampedSessionIdUnder, definitionId } from '../../../../definition/definition-id.ts'
import type { Definition } from '../../../../definition/definition.ts'
import type { Telling } from '../../../../definition/telling.ts'
import type { Key } from '../../../../session/derived-id.ts'
import type { SessionBounds } from '../../../../session/session-bounds.ts'
import { toKey } from '../../identities.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import type { Words } from '../../words.ts'
import { packEvents } from '../packed-events.ts'
import { boundAt } from '../told-sessions.ts'
import type { EventBlock } from './event-block.ts'
import { idsAt } from './event-ids.ts'
import type { EventIds } from './event-ids.ts'
import type { KeyRun } from './gathered-events.ts'
import type { SessionWriter, WholeSessions } from './session-writer.ts'
import { membersOf } from './tell-runs.ts'

/** What was told of some keys. */
export interface ToldBlock {
  readonly block: EventBlock
  readonly runs: readonly KeyRun[]
  readonly telling: Telling
}

/** Writes what was told of one block after the other. Returns the last row of the sessions before. */
export type WriteTold = (told: ToldBlock) => number

/** `sizes` has the number of events of each session of `client`; `latestTime` is that of the whole story. */
export function createWriteTold(
  db: SqliteDatabase,
  definition: Definition,
  {
    writer,
    words,
    ids,
    sizes,
    latestTime,
  }: { writer: SessionWriter; words: Words; ids: EventIds; sizes: Uint32Array; latestTime: number },
): WriteTold {
  const ownId = definitionId(definition.name)
  const { timeoutMs } = definition
  const selectKey = db.prepare<[number], { kind: number; id: string }>(
    'select kind, id from identities where row = ?',
  )
  const pack = db.prepare<[number, number, string]>('insert into packed values (?, ?, ?)')
  const seen = new Uint32Array(sizes.length)
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

  /** The sessions of `client` that these events make up wholly; undefined where they do not, or where one of them is muted. */
  function wholeSessions({ block, telling }: ToldBlock, places: Uint32Array): WholeSessions | undefined {
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
    return { rows: found, opening: opening || found[0]!, closing: closing || found.at(-1)!, isInTurn }
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
    const rowBefore = lastRow
    for (let session = 0; session < telling.sessions; session++) {
      const places = rows.subarray(starts[session], starts[session + 1])
      const identityRow = block.key[places[0]!]!
      const key = keyOf(identityRow)
      const stamp = telling.stamp[session]!
      const bounds = boundsOf(telling, session, idAt)
      const lastTime = block.time[telling.lastRow[session]!]!
      const endsAt = lastTime + Math.min(timeoutMs, bounds.end?.gapMs ?? Infinity)
      const toldSession = {
        row: ++lastRow,
        id:
          stamp === 0
            ? sessionIdUnder(ownId, key, idAt(telling.firstRow[session]!))
            : stampedSessionIdUnder(ownId, key, words.text(stamp)),
        identityRow,
        lastTime,
        endsAt,
        isSettled: endsAt <= latestTime,
        bounds,
      }
      const whole = wholeSessions(told, places)
      if (!whole || !writer.writeUnion(toldSession, whole))
        writer.writeFolded(
          toldSession,
          Array.from(places, (place) => ({
            row: block.row[place]!,
            isMuted: (block.mark[place]! & 1) === 0 && telling.isActive[place] === 0,
          })),
        )
      pack.run(
        identityRow,
        lastRow,
        packEvents(
          Array.from(places, (place) => block.row[place]!),
          (i) => telling.isActive[places[i]!] === 0,
        ),
      )
    }
    for (const run of runs) packOutside(told, run)
    return rowBefore
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
