import { sessionIdUnder, stampedSessionIdUnder, definitionId } from '../../../../definition/definition-id.ts'
import type { Definition } from '../../../../definition/definition.ts'
import { ruleName } from '../../../../definition/rule-name.ts'
import type { Telling } from '../../../../definition/telling.ts'
import type { Key } from '../../../../session/derived-id.ts'
import { toKey } from '../../identities.ts'
import { packId } from '../../pack-id.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import type { Words } from '../../words.ts'
import { packEvents } from '../packed-events.ts'
import type { EventBlock } from './event-block.ts'
import { idsAt } from './event-ids.ts'
import type { EventIds } from './event-ids.ts'
import type { KeyRun } from './gathered-events.ts'
import type { FoldColumns } from './fold-columns.ts'
import type { FoundColumns } from './found-columns.ts'
import type { ClientSessions, ReadClientSessions, ReadClientTerms } from './client-sessions.ts'
import type { CopySession } from './copy-session.ts'
import type { WriteSession } from './session-writer.ts'
import { membersOf } from './tell-runs.ts'
import { unionColumns } from './union-columns.ts'
import { createFindWholeSessions } from './whole-sessions.ts'
import type { WholeSessions } from './whole-sessions.ts'
import type { WriteTerms } from './write-terms.ts'

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
    readClientTerms,
    foldColumns,
    copySession,
    writeSession,
    writeTerms,
    words,
    ids,
    sizes,
    latestTime,
  }: {
    readonly readClientSessions: ReadClientSessions
    readonly readClientTerms: ReadClientTerms
    readonly foldColumns: FoldColumns
    readonly copySession: CopySession
    readonly writeSession: WriteSession
    readonly writeTerms: WriteTerms
    readonly words: Words
    readonly ids: EventIds
    readonly sizes: Uint32Array
    readonly latestTime: number
  },
): WriteTold {
  const ownId = definitionId(definition.name)
  const { timeoutMs } = definition
  const selectKey = db
    .prepare<[number], [kind: number, id: string]>('select kind, id from identities where row = ?')
    .raw()
  const pack = db.prepare<[number, number, string]>('insert into packed values (?, ?, ?)')
  const findWhole = createFindWholeSessions(sizes)
  const placeOf = new Uint32Array(sizes.length)
  let lastRow = 0
  let owner: { row: number; key: Key } | undefined

  function keyOf(row: number): Key {
    if (owner?.row !== row) {
      const [kind, id] = selectKey.get(row)!
      owner = { row, key: toKey(kind, id) }
    }
    return owner.key
  }

  function boundsOf(telling: Telling, session: number, idAt: (place: number) => string): string {
    const { startRule, firstRow, startGapMs, endRule, endRow, endGapMs } = telling
    const start = boundText(startRule[session]!, idAt(firstRow[session]!), startGapMs[session]!)
    if (endRule[session] === 0) return `{"timeoutMs":${timeoutMs},"start":${start}}`
    const end = boundText(endRule[session]!, idAt(endRow[session]!), endGapMs[session]!)
    return `{"timeoutMs":${timeoutMs},"start":${start},"end":${end}}`
  }

  /** Notes the place of each of some rows in their order, and returns them in it. */
  function inOrder(rows: readonly number[]): Uint32Array {
    const sorted = Uint32Array.from(rows).sort()
    sorted.forEach((row, place) => (placeOf[row] = place))
    return sorted
  }

  /** The columns of a session that consists of several of `client`. */
  function columnsOf(
    clients: ClientSessions,
    { rows, opening, closing, isInTurn }: WholeSessions,
  ): FoundColumns | undefined {
    return unionColumns(clients, {
      places: rows.map((row) => placeOf[row]!),
      opening: placeOf[opening]!,
      closing: placeOf[closing]!,
      isInTurn,
    })
  }

  function packOutside({ block, telling }: ToldBlock, { from, to }: KeyRun): void {
    const outside: number[] = []
    for (let place = from; place < to; place++)
      if (telling.sessionOf[place] === -1) outside.push(block.row[place]!)
    if (outside.length > 0)
      pack.run(
        block.key[from]!,
        0,
        packEvents(
          outside.length,
          (i) => outside[i]!,
          () => true,
        ),
      )
  }

  return (told) => {
    const { block, runs, telling } = told
    const { starts, rows } = membersOf(telling, block.length)
    const idOf = idsAt(namedPlaces(telling), block.row, ids)
    const idAt = (place: number) => idOf[place]!
    const wholes = Array.from({ length: telling.sessions }, (_, session) =>
      findWhole(block, telling, rows.subarray(starts[session], starts[session + 1])),
    )
    const terms = readClientTerms(
      inOrder(wholes.flatMap((whole) => (whole?.rows.length === 1 ? whole.rows : []))),
    )
    const clients = readClientSessions(
      inOrder(wholes.flatMap((whole) => (whole && whole.rows.length > 1 ? whole.rows : []))),
    )
    for (let session = 0; session < telling.sessions; session++) {
      const places = rows.subarray(starts[session], starts[session + 1])
      const identityRow = block.key[places[0]!]!
      const key = keyOf(identityRow)
      const stamp = telling.stamp[session]!
      const lastTime = block.time[telling.lastRow[session]!]!
      const endGapMs = telling.endGapMs[session]!
      const endsAt = lastTime + (endGapMs < timeoutMs ? endGapMs : timeoutMs)
      const isPassive = (i: number) => telling.isActive[places[i]!] === 0
      const rowAt = (i: number) => block.row[places[i]!]!
      const id =
        stamp === 0
          ? sessionIdUnder(ownId, key, idAt(telling.firstRow[session]!))
          : stampedSessionIdUnder(ownId, key, words.text(stamp))
      const toldSession = {
        row: ++lastRow,
        id: packId(id),
        identityRow,
        lastTime,
        endsAt,
        isSettled: endsAt <= latestTime,
        bounds: boundsOf(telling, session, idAt),
      }
      const whole = wholes[session]
      if (whole?.rows.length === 1) {
        const [row] = whole.rows
        copySession(toldSession, row!)
        if (toldSession.isSettled)
          writeTerms.add(lastRow, block.time[telling.firstRow[session]!]!, terms[placeOf[row!]!]!)
      } else {
        const found =
          (whole && columnsOf(clients, whole)) ??
          foldColumns({ rows: places.map((place) => block.row[place]!), isPassive })
        writeSession(toldSession, found)
        if (toldSession.isSettled) writeTerms.add(lastRow, found.start, found.terms)
      }
      pack.run(identityRow, lastRow, packEvents(places.length, rowAt, isPassive))
    }
    for (const run of runs) packOutside(told, run)
  }
}

/** The JSON of a bound, as `boundAt` makes it. */
function boundText(rule: number, event: string, gapMs: number): string {
  const text = `{"rule":"${ruleName(rule)!}","event":${JSON.stringify(event)}`
  return Number.isNaN(gapMs) ? `${text}}` : `${text},"gapMs":${gapMs}}`
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
