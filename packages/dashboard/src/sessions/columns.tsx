import type { ComponentChildren } from 'preact'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import { Sent } from '../design/sent.tsx'
import { StatusBadge } from '../design/status-badge.tsx'
import { durationText } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { deviceWords, personWords, placeWords, shortId, startReasonWords } from '../words/session-words.ts'
import { fullTime, shortTime } from '../words/time.ts'

/** What a cell may need beside its session. */
export interface CellContext {
  readonly now: number
  readonly definition: string | undefined
}

/** A column of the sessions table. */
export interface Column {
  readonly key: string
  readonly words: string
  readonly widthPx: number
  readonly isNumber?: boolean
  /** The API's name for sorting by it. */
  readonly sort?: 'start' | 'duration' | 'events' | 'points'
  readonly cell: (session: SessionObject, context: CellContext) => ComponentChildren
}

const sent = (text: string | undefined, maxChars = 80): ComponentChildren =>
  text === undefined ? undefined : <Sent text={text} maxChars={maxChars} />

/** Every column there is, in the order of the table. */
export const COLUMNS: readonly Column[] = [
  {
    key: 'session',
    words: 'Session',
    widthPx: 104,
    cell: (s, { definition }) => (
      <a href={placeLink(['sessions', s.id], { definition })}>
        <Sent text={shortId(s.id)} maxChars={12} />
      </a>
    ),
  },
  { key: 'profile', words: 'Profile', widthPx: 140, cell: (s) => sent(personWords(s)) },
  {
    key: 'started',
    words: 'Started',
    widthPx: 158,
    sort: 'start',
    cell: (s, { now }) => {
      const time = Date.parse(s.metadata.time.insert)
      return <time title={fullTime(time)}>{shortTime(time, now)}</time>
    },
  },
  {
    key: 'duration',
    words: 'Duration',
    widthPx: 90,
    isNumber: true,
    sort: 'duration',
    cell: (s) => durationText(s.metadata.time.duration),
  },
  {
    key: 'engaged',
    words: 'Engaged',
    widthPx: 90,
    isNumber: true,
    cell: (s) => durationText(s.metadata.time.engaged),
  },
  {
    key: 'events',
    words: 'Events',
    widthPx: 80,
    isNumber: true,
    sort: 'events',
    cell: (s) => wholeNumber(s.counts.events),
  },
  { key: 'pages', words: 'Pages', widthPx: 66, isNumber: true, cell: (s) => wholeNumber(s.counts.pageViews) },
  { key: 'entry', words: 'Entry', widthPx: 150, cell: (s) => s.entry && sent(s.entry.path ?? s.entry.name) },
  { key: 'exit', words: 'Exit', widthPx: 150, cell: (s) => s.exit && sent(s.exit.path ?? s.exit.name) },
  { key: 'source', words: 'Source', widthPx: 122, cell: (s) => sent(s.source.name) },
  { key: 'status', words: 'Status', widthPx: 100, cell: (s) => <StatusBadge status={s.metadata.status} /> },
  { key: 'device', words: 'Device', widthPx: 226, cell: (s) => sent(deviceWords(s)) },
  { key: 'location', words: 'Location', widthPx: 130, cell: (s) => sent(placeWords(s)) },
  {
    key: 'points',
    words: 'Points',
    widthPx: 76,
    isNumber: true,
    sort: 'points',
    cell: (s) => s.points !== undefined && wholeNumber(s.points),
  },
  { key: 'campaign', words: 'Campaign', widthPx: 150, cell: (s) => sent(s.utm?.campaign ?? s.utm?.source) },
  { key: 'referrer', words: 'Referrer', widthPx: 150, cell: (s) => sent(s.referrer?.host) },
  { key: 'tags', words: 'Tags', widthPx: 160, cell: (s) => s.tags.length > 0 && sent(s.tags.join(', ')) },
  {
    key: 'goals',
    words: 'Goals',
    widthPx: 130,
    cell: (s) => s.goals && s.goals.length > 0 && sent(s.goals.join(', ')),
  },
  { key: 'lifecycle', words: 'Lifecycle', widthPx: 104, cell: (s) => sent(s.lifecycle) },
  { key: 'reason', words: 'Began because', widthPx: 250, cell: (s) => sent(startReasonWords(s)) },
  {
    key: 'number',
    words: 'Visit no.',
    widthPx: 88,
    isNumber: true,
    cell: (s) => s.number !== undefined && wholeNumber(s.number),
  },
]

const DEFAULT_KEYS =
  'session,profile,started,duration,events,pages,entry,exit,source,status,device,location,points'.split(',')

/** The columns that an address names (`started,duration`), in the table's order; the usual ones where it names none. */
export function chosenColumns(text: string | undefined): readonly Column[] {
  const keys = new Set(text?.split(',') ?? DEFAULT_KEYS)
  const chosen = COLUMNS.filter((column) => keys.has(column.key))
  return chosen.length > 0 ? chosen : COLUMNS.filter((column) => DEFAULT_KEYS.includes(column.key))
}

/** What the address says for these columns: nothing where they are the usual ones. */
export function columnsParam(keys: ReadonlySet<string>): string | undefined {
  const chosen = COLUMNS.flatMap(({ key }) => (keys.has(key) ? [key] : []))
  return chosen.join() === DEFAULT_KEYS.join() ? undefined : chosen.join()
}
