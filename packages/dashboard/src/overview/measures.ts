import type { Measures } from '@sojourn/protocol'
import { durationText } from '../words/duration.ts'
import { fineNumber, percent, shortNumber, wholeNumber } from '../words/number.ts'

/** A figure of the overview, and how it is told. */
export interface Measure {
  readonly key: 'sessions' | 'visitors' | 'meanDuration' | 'bounceRate' | 'conversionRate' | 'points'
  readonly words: string
  /** Null where there is nothing to take it of. */
  readonly read: (measures: Measures) => number | null
  readonly format: (value: number) => string
  readonly formatShort: (value: number) => string
  /** A count, never a fraction. */
  readonly isWhole?: boolean
  /** Whether more of it is good news; undefined: neither. */
  readonly isGood?: boolean
  /** What finds the sessions behind it, beside the filters that it was taken with: other filters, or an order. */
  readonly behind: Readonly<Record<string, string>>
  /** What those sessions are. */
  readonly behindWords: string
}

const ALL = { behind: {}, behindWords: 'The sessions of this time' } as const

/** The figures, in the order of the tiles. */
export const MEASURES: readonly Measure[] = [
  {
    key: 'sessions',
    words: 'Sessions',
    read: (m) => m.sessions,
    isWhole: true,
    format: wholeNumber,
    formatShort: shortNumber,
    isGood: true,
    ...ALL,
  },
  {
    key: 'visitors',
    words: 'Visitors',
    read: (m) => m.visitors,
    isWhole: true,
    format: wholeNumber,
    formatShort: shortNumber,
    isGood: true,
    ...ALL,
  },
  {
    key: 'meanDuration',
    words: 'Mean duration',
    read: (m) => m.meanDuration,
    format: durationText,
    formatShort: durationText,
    isGood: true,
    behind: { sort: '-duration' },
    behindWords: 'The sessions of this time, longest first',
  },
  {
    key: 'bounceRate',
    words: 'Bounce rate',
    read: (m) => m.bounceRate,
    format: percent,
    formatShort: percent,
    isGood: false,
    // A session of passive events alone has none that counts, and is no bounce.
    behind: { minEvents: '1', maxEvents: '1' },
    behindWords: 'The sessions of a single event',
  },
  {
    key: 'conversionRate',
    words: 'Converted',
    read: (m) => m.conversionRate,
    format: percent,
    formatShort: percent,
    isGood: true,
    behind: { converted: 'true' },
    behindWords: 'The sessions that reached a goal',
  },
  {
    key: 'points',
    words: 'Points',
    read: (m) => m.points,
    format: fineNumber,
    formatShort: shortNumber,
    isGood: true,
    behind: { sort: '-points' },
    behindWords: 'The sessions of this time, most points first',
  },
]

/** The figure that an address names; sessions where it names none. */
export function measureOf(key: string | undefined): Measure {
  return MEASURES.find((measure) => measure.key === key) ?? MEASURES[0]!
}
