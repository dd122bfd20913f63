import type { TermCode } from './term-codes.ts'

/** The parts of a campaign in the order in which their words are listed. */
export const CAMPAIGN_PARTS = ['source', 'medium', 'name', 'term', 'content'] as const

/** What a session can be found by, before it is written. Words are rows; a word or a place that is not known is 0. */
export interface FoundColumns {
  /** Row of its user; 0 without a known one. */
  readonly userRow: number
  readonly sourceRow: number
  /** Epoch ms of its first non-passive event; without one, of its first event. */
  readonly start: number
  /** Non-passive events, and those of type `page` among them. */
  readonly events: number
  readonly pageViews: number
  /** 0 in a session of passive events alone, as the other three. */
  readonly entryName: number
  readonly exitName: number
  readonly entryPath: number
  readonly exitPath: number
  readonly device: number
  readonly country: number
  /** A word for each of `CAMPAIGN_PARTS`. */
  readonly campaign: readonly number[]
  readonly terms: readonly TermCode[]
  readonly rulebook: number
  readonly points: number
  /** A JSON list of names; null without any. */
  readonly goals: string | null
}

export const NO_CAMPAIGN: FoundColumns['campaign'] = CAMPAIGN_PARTS.map(() => 0)
