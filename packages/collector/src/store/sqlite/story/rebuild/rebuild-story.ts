import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { compileRules } from '../../../../definition/compile-rules.ts'
import type { Definition } from '../../../../definition/definition.ts'
import { createTelling } from '../../../../definition/telling.ts'
import { createStoreParts } from '../../store-parts.ts'
import { admittedSources } from '../admitted-sources.ts'
import { createFactsReader } from '../facts-reader.ts'
import { createFoldedStates } from '../folded-states.ts'
import { keepsGaps } from '../gap-upkeep.ts'
import { createToColumns } from '../rule-columns.ts'
import { completeStoryFile, createBareStory } from '../story-file.ts'
import { createBlockFile } from './block-file.ts'
import { createReadClientSessions, createReadClientTerms } from './client-sessions.ts'
import { createCopySession } from './copy-session.ts'
import { createToldGaps } from './count-told-gaps.ts'
import { createEventBlock } from './event-block.ts'
import type { EventBlock, ExtraColumn } from './event-block.ts'
import { createEventIds } from './event-ids.ts'
import { createFoldColumns } from './fold-columns.ts'
import { gatherEvents } from './gathered-events.ts'
import { keyRanges } from './key-ranges.ts'
import { createOwners } from './owners.ts'
import { createReadBlock } from './read-blocks.ts'
import { createWriteSession } from './session-writer.ts'
import { ruleColumns, tellRuns } from './tell-runs.ts'
import { createWriteTerms } from './write-terms.ts'
import { createWriteTold } from './write-told.ts'

/** What is told, of which facts, into which file. */
export interface RebuildOrder {
  readonly factsPath: string
  readonly definition: Definition
  /** The file of the story. It is there when all is told, and not before. */
  readonly path: string
}

/** Of client sessions, in the order of the keys: with SQLite's own 2 MB each page is read several times. */
const FACTS_CACHE_KIB = 16 * 1024
const READ_AT_ONCE = 16_384
/** About 100 bytes each. For each such part of the keys all columns are read once more, so that a long history is told in more at once. */
const TOLD_AT_ONCE = 150_000
const MOST_TOLD_AT_ONCE = 500_000
const PARTS = 15
/** How much is done after reading and after telling; the rest are the indexes. */
const READ_SHARE = 0.3
const TOLD_SHARE = 0.9

/**
 * Tells all events that are stored as the sessions of a definition, into a new file. Yields how much is done, 0 to 1, every few thousand
 * events, so that whoever drives it can do something else in between, or stop: then nothing is left of it. What is left by a process that
 * was killed is overwritten by the next rebuild of the same story.
 */
export function* rebuildStory({ factsPath, definition, path }: RebuildOrder): Generator<number, void> {
  const unfinished = `${path}.new`
  mkdirSync(dirname(path), { recursive: true })
  rmSync(unfinished, { force: true })
  const db = createBareStory(unfinished)
  const factsDb = new Database(factsPath, { readonly: true })
  const blocks = createBlockFile(`${path}.events`)
  let isDone = false
  try {
    db.prepare('attach ? as facts').run(factsPath)
    db.pragma(`facts.cache_size = -${FACTS_CACHE_KIB}`)
    db.exec('begin')
    const facts = createFactsReader(factsDb, createStoreParts(factsDb))
    yield* tellAll()
    db.exec('commit')
    isDone = true

    function* tellAll(): Generator<number, void> {
      const end = db.prepare<[], number>('select ifnull(max(row), 0) from facts.events').pluck().get()!
      db.exec('insert into words select * from facts.words')
      // Tables that are made alike are copied page by page, with what keeps their values unique; row by row it takes five times as long.
      db.exec('insert into identities select * from facts.identities')
      db.exec('update identities set told = 0 where told <> 0')
      const parts = { ...createStoreParts(db), states: createFoldedStates(db, definition, facts) }
      const ids = createEventIds(db)
      const sources = admittedSources(db, definition, facts)
      sources.refresh()
      const rules = compileRules(definition, {
        nameNumber: (name) => parts.words.intern(name),
        sourceNumbers: () => sources.rows() ?? [],
      })
      const extra = rules.columns.filter((column): column is ExtraColumn => column !== 'source')
      const isRead = extra.some((column) => column !== 'name')
      const toColumns = createToColumns(rules, definition.property, parts.words)
      const owners = createOwners(db, { scope: definition.scope, identities: parts.identities, ids })
      const readBlock = createReadBlock(db, { capacity: READ_AT_ONCE, readsNames: extra.includes('name') })
      const read = createEventBlock(READ_AT_ONCE, extra)
      const lastSession = db
        .prepare<[], number>('select ifnull(max(row), 0) from facts.sessions')
        .pluck()
        .get()!
      const sizes = new Uint32Array(lastSession + 1)
      let latestTime = 0

      for (let after = 0; after < end; after = read.row[read.length - 1]!) {
        readBlock(after, read)
        if (isRead) readTexts(read, after)
        owners.assign(read)
        for (let place = 0; place < read.length; place++) {
          sizes[read.session[place]!]! += 1
          latestTime = Math.max(latestTime, read.time[place]!)
        }
        blocks.append(read)
        yield (READ_SHARE * read.row[read.length - 1]!) / end
      }

      function readTexts(block: EventBlock, after: number): void {
        const columns = toColumns(facts.after(after, block.length))
        for (const column of extra) block.extra[column]!.set(columns[column]!)
      }

      const lastKey = db.prepare<[], number>('select ifnull(max(row), 0) from identities').pluck().get()!
      const counts = new Uint32Array(lastKey + 1)
      const keyOf = (block: EventBlock, place: number): number =>
        sources.admits(block.mark[place]! >>> 1) ? owners.final(block.key[place]!) : -1
      blocks.replay(read, (block) => {
        for (let place = 0; place < block.length; place++) {
          const key = keyOf(block, place)
          if (key !== -1) counts[key]!++
        }
      })
      const atOnce = Math.min(MOST_TOLD_AT_ONCE, Math.max(TOLD_AT_ONCE, Math.ceil(end / PARTS)))
      const ranges = keyRanges(counts, atOnce)
      const most = ranges.reduce((longest, { events }) => Math.max(longest, events), 0)
      const into = createEventBlock(most, extra)
      const telling = createTelling(most)
      const gaps = keepsGaps(definition) ? createToldGaps(db) : undefined
      const writeTerms = createWriteTerms(db)
      const writeTold = createWriteTold(db, definition, {
        readClientSessions: createReadClientSessions(db),
        readClientTerms: createReadClientTerms(db),
        copySession: createCopySession(db),
        foldColumns: createFoldColumns(db, parts, facts),
        writeSession: createWriteSession(db),
        writeTerms,
        words: parts.words,
        ids,
        sizes,
        latestTime,
      })
      let told = 0
      for (const range of ranges) {
        const runs = gatherEvents(blocks, { read, into, range, counts }, { keyOf, ids })
        tellRuns(rules, ruleColumns(into), { runs, telling })
        gaps?.add(into, runs)
        writeTold({ block: into, runs, telling })
        writeTerms.flush()
        told += range.events
        yield Math.min(TOLD_SHARE, READ_SHARE + ((TOLD_SHARE - READ_SHARE) * told) / end)
      }
      owners.writeLinks()
      gaps?.write()
      db.prepare('update story set told_up_to = ?, latest_time = ?').run(end, latestTime)
      yield TOLD_SHARE
      completeStoryFile(db)
    }
  } finally {
    blocks.close()
    factsDb.close()
    db.close()
    if (!isDone) rmSync(unfinished, { force: true })
  }
  syncFile(unfinished)
  renameSync(unfinished, path)
}

function syncFile(path: string): void {
  const file = openSync(path, 'r')
  fsyncSync(file)
  closeSync(file)
}
