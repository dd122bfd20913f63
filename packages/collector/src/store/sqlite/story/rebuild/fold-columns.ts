import { linkingUser } from '../../../../profile/linking-user.ts'
import { addScores } from '../../../../scoring/score.ts'
import type { Score } from '../../../../scoring/score.ts'
import { describeContext } from '../../../../session/describe-context.ts'
import { decodeEvent, decodeType } from '../../event-row.ts'
import type { SqliteDatabase } from '../../open-database.ts'
import { goalsColumn } from '../../session-columns.ts'
import type { StoreParts } from '../../store-parts.ts'
import { EventGone } from '../facts-reader.ts'
import type { FactsReader } from '../facts-reader.ts'
import { CAMPAIGN_PARTS, NO_CAMPAIGN } from './found-columns.ts'
import type { FoundColumns } from './found-columns.ts'
import { codeOf } from './term-codes.ts'
import type { TermCode } from './term-codes.ts'

/** The events of a session in their order: the row of each, and whether the definition has it as passive. */
export interface Members {
  readonly rows: Uint32Array
  isPassive(place: number): boolean
}

/** What a session can be found by that consists of these events: the columns that `foldFact` and `sessionColumns` come to. */
export type FoldColumns = (members: Members) => FoundColumns

type EventValues = readonly [
  time: number,
  type: number,
  nameRow: number,
  sourceRow: number,
  contextRow: number,
  body: string,
]

const PAGE = 'page'

/**
 * Over a connection that sees the facts as `facts`, and whose words are theirs, and more. It reads of each event what a session is found
 * by, and neither its id nor its checksum; `facts` says what is wrong with an event that cannot be read.
 */
export function createFoldColumns(
  db: SqliteDatabase,
  { words, contexts, identities, rulebooks }: StoreParts,
  facts: FactsReader,
): FoldColumns {
  const select = db
    .prepare<[number], EventValues>(
      'select time, type, name_row, source_row, context_row, body from facts.events where row = ?',
    )
    .raw()
  const wordsOfContext = new Map<number, ContextWords>()

  function wordOf(text: string | undefined): number {
    return text === undefined ? 0 : words.intern(text)
  }

  function contextWords(row: number): ContextWords {
    let known = wordsOfContext.get(row)
    if (!known) {
      const { device, geo } = describeContext(contexts.read(row))
      known = {
        device: device && wordOf(device.type),
        country: geo && wordOf(geo.country?.code),
      }
      if (wordsOfContext.size >= MOST_CONTEXTS) wordsOfContext.clear()
      wordsOfContext.set(row, known)
    }
    return known
  }

  function eventOf(row: number, [time, type, nameRow, , , body]: EventValues) {
    try {
      return decodeEvent(['', decodeType(type), words.text(nameRow), false, undefined], time, body)
    } catch {
      return facts.read(row).fact.event
    }
  }

  return ({ rows, isPassive }) => {
    let first: EventValues | undefined
    let entry: EventValues | undefined
    let exitName = 0
    let entryPath = 0
    let exitPath = 0
    let events = 0
    let pageViews = 0
    let device: number | undefined
    let country: number | undefined
    let campaign: readonly number[] | undefined
    let user: string | undefined
    let score: Score | undefined
    const terms = new Set<TermCode>()
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!
      const values = select.get(row)
      if (!values) throw new EventGone('Events were removed; the sessions of this definition are told anew.')
      const nameRow = values[2]
      const about = contextWords(values[4])
      const event = eventOf(row, values)
      const path = wordOf(event.page?.path)
      first ??= values
      if (!isPassive(place)) {
        events++
        if (event.type === PAGE) pageViews++
        if (!entry) entryPath = path
        entry ??= values
        exitName = nameRow
        exitPath = path
      }
      device ??= about.device
      country ??= about.country
      const its = event.campaign
      if (!campaign && its && Object.keys(its).length > 0)
        campaign = CAMPAIGN_PARTS.map((part) => wordOf(its[part]))
      user = linkingUser(event) ?? user
      terms.add(codeOf('event', nameRow))
      if (path !== 0) terms.add(codeOf('path', path))
      if (event.tags) for (const tag of event.tags) terms.add(codeOf('tag', words.intern(tag)))
      score = score ? addScores(score, rulebooks.score(event, score.rulebook)) : rulebooks.score(event)
    }
    const opening = entry ?? first!
    return {
      userRow: user === undefined ? 0 : identities.intern({ kind: 'user', id: user }).row,
      sourceRow: opening[3],
      start: opening[0],
      events,
      pageViews,
      entryName: entry ? entry[2] : 0,
      exitName,
      entryPath,
      exitPath,
      device: device ?? 0,
      country: country ?? 0,
      campaign: campaign ?? NO_CAMPAIGN,
      terms: [...terms],
      rulebook: score!.rulebook,
      points: score!.points,
      goals: goalsColumn(score!),
    }
  }
}

const MOST_CONTEXTS = 10_000

/** Words of what a context tells of; undefined where it tells nothing, 0 where it tells of a device or place without this. */
interface ContextWords {
  readonly device: number | undefined
  readonly country: number | undefined
}
