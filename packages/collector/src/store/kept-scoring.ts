import type { Rulebook } from '../scoring/rulebook.ts'

/** How many sessions are still shown as the rules before had it, of about how many. Each changes at once, from its old points to the new. */
export interface UnscoredSessions {
  readonly left: number
  readonly of: number
}

/** The rules and goals that hold, and how far earlier sessions are scored by them: those of `client`, and of each definition that is in use. */
export interface KeptScoring extends UnscoredSessions {
  readonly rulebook: Rulebook
}
