import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { EpochMs } from '@sojourn/protocol'
import { completePage } from '../ingest/complete-page.ts'
import type { Fact, FactContext } from '../ingest/fact.ts'
import type { FindPlace } from '../ingest/geo.ts'
import { keptAddress } from '../ingest/keep-address.ts'
import type { AddressMode } from '../ingest/keep-address.ts'
import type { Store } from '../store/store.ts'
import { createLineParser, detectFormat } from './detect-format.ts'
import type { ImportFormat } from './detect-format.ts'
import { isExportedTable } from './exported-table.ts'
import { countLine, createImportCount } from './import-count.ts'
import type { ImportCount } from './import-count.ts'
import { CannotImport, createImportSources, findSource } from './import-sources.ts'
import type { ImportWish } from './import-wish.ts'
import { parseFileLine } from './imported-line.ts'
import type { ImportedEvent } from './imported-line.ts'
import { DamagedFile, openImportFile } from './open-import-file.ts'
import { splitLines } from './split-lines.ts'

/** What importing works with. */
export interface ImportParts {
  readonly store: Pick<Store, 'commit' | 'sources' | 'addSource' | 'setting' | 'putSetting'>
  readonly now: EpochMs
  readonly addressMode: AddressMode
  readonly findPlace: FindPlace | undefined
  /** Called after each commit. */
  readonly onProgress: (progress: ImportProgress) => void
}

export interface ImportProgress {
  /** Share of the file's bytes that are read, 0 to 1. */
  readonly share: number
  readonly lines: number
  readonly events: number
}

/** What became of a file. */
export interface Imported {
  readonly format: ImportFormat
  readonly count: ImportCount
  /** Events that were stored, and those that were stored before. */
  readonly stored: number
  readonly duplicates: number
  /** Lines that an import before this one, which did not come to its end, had read. */
  readonly resumedAfter: number
}

interface Place {
  readonly lines: number
  readonly bytes: number
}

const BATCH = 1_000
const FIRST_LINES = 100
const START: Place = { lines: 0, bytes: 0 }

/**
 * Stores the events of a file, batch by batch, and notes after each how far it came: an import that was stopped goes on from there.
 * Importing the same file again stores nothing twice. Rejects with `CannotImport`.
 */
export async function importFile(wish: ImportWish, parts: ImportParts): Promise<Imported> {
  const { store, now, onProgress } = parts
  const { path, source, sourceType, origin } = wish
  const size = sizeOf(path)
  const begun = await firstLines(path)
  if (isExportedTable(begun[0]))
    throw new CannotImport(
      `${path} is a CSV export, a table for spreadsheets that leaves out part of each event. Import what \`sojourn export events\` writes without --format csv.`,
    )
  const format = wish.format ?? detectFormat(begun)
  if (format === undefined)
    throw new CannotImport(`${path} holds neither events nor log lines. Name the format with --format.`)
  if (format !== 'sojourn' && source === undefined)
    throw new CannotImport('The file does not say which source its events are of: add --source NAME.')
  const sourceId = source === undefined ? undefined : await findSource(store, source, sourceType)
  const sources = createImportSources(store, sourceId)
  const parse = createLineParser(format, {
    now,
    sourceId: sourceId ?? '',
    ...(origin !== undefined && { origin }),
  })
  const bookmark = bookmarkName(wish, size)
  const begin = parsePlace(await store.setting(bookmark))
  const count = createImportCount()
  let stored = 0
  let duplicates = 0
  let share = 0
  let facts: Fact[] = []
  const contexts = new Map<string, FactContext>()

  async function commit(place: Place): Promise<void> {
    if (facts.length > 0) {
      const outcomes = await store.commit(facts)
      const added = outcomes.filter((outcome) => outcome === 'stored').length
      stored += added
      duplicates += outcomes.length - added
    }
    facts = []
    contexts.clear()
    await store.putSetting(bookmark, JSON.stringify(place))
    onProgress({ share, lines: place.lines, events: count.events })
  }

  let damage: DamagedFile | undefined
  /** What can be unpacked of a damaged file is stored like that of a sound one. */
  async function* untilDamage(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* pieces
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error
      damage = error
    }
  }

  const pieces = openImportFile(path, begin.bytes, (bytes) => (share = bytes / size))
  let unsaved = 0
  let place = begin
  for await (const lines of splitLines(untilDamage(pieces), begin)) {
    for (const line of lines) {
      const read = parseFileLine(parse, line)
      countLine(count, read, line)
      place = { lines: line.number, bytes: line.end }
      unsaved += 1
      if (read.outcome === 'event')
        facts.push(toFact(read.imported, await sources.of(read.imported), contexts, parts))
      if (facts.length >= BATCH || unsaved >= BATCH * 20) {
        await commit(place)
        unsaved = 0
      }
    }
  }
  await commit(place)
  if (damage)
    throw new CannotImport(
      `${damage.message} ${stored} events of its first ${place.lines} lines were stored.`,
    )
  // Came to its end: the next import of this file reads all of it again.
  await store.putSetting(bookmark, JSON.stringify(START))
  return { format, count, stored, duplicates, resumedAfter: begin.lines }
}

function toFact(
  { event, time, receivedAt, clockOffsetMs, sender, address, geo }: ImportedEvent,
  sourceId: string,
  contexts: Map<string, FactContext>,
  { now, addressMode, findPlace }: ImportParts,
): Fact {
  const ip = keptAddress(address, addressMode)
  const place = geo ?? (address === undefined ? undefined : findPlace?.(address))
  const context: FactContext = { sender, ...(ip !== undefined && { ip }), ...(place && { geo: place }) }
  const text = JSON.stringify(context)
  const shared = contexts.get(text) ?? context
  contexts.set(text, shared)
  return {
    event: completePage(event),
    sourceId,
    time,
    receivedAt: receivedAt ?? now,
    clockOffsetMs,
    context: shared,
  }
}

function sizeOf(path: string): number {
  try {
    const stat = statSync(path)
    if (stat.isFile()) return Math.max(1, stat.size)
  } catch (error) {
    throw new CannotImport(`${path} cannot be read.`, { cause: error })
  }
  throw new CannotImport(`${path} is no file.`)
}

async function firstLines(path: string): Promise<readonly string[]> {
  try {
    for await (const lines of splitLines(openImportFile(path, 0)))
      return lines.slice(0, FIRST_LINES).flatMap(({ text }) => text ?? [])
    return []
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error
    throw new CannotImport(`${error.message} Nothing of it could be read.`, { cause: error })
  }
}

/** A file that grew is another one, and is read from its beginning: what it brought before is known by the events' ids. */
function bookmarkName({ path, source, origin, format }: ImportWish, size: number): string {
  const file = JSON.stringify([resolve(path), size, source, origin, format])
  return `import.${createHash('sha256').update(file).digest('hex').slice(0, 32)}`
}

function parsePlace(text: string | undefined): Place {
  return text === undefined ? START : (JSON.parse(text) as Place)
}
