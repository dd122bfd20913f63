import type { WireEvent } from '@sojourn/protocol'
import { mergeTexts } from '../session/merge-texts.ts'
import { MAX_RULES } from './parse-scoring.ts'

/** What an event, or all events of a session, are worth under one rulebook. A commutative monoid (`addScores`). */
export interface Score {
  /** Number of the rulebook by which it was found; `MIXED` when its parts were found by different ones, and the rest says nothing. */
  readonly rulebook: number
  readonly points: number
  /** Names of the goals that are reached, sorted by code point. */
  readonly goals: readonly string[]
}

/** What an event is worth under the rulebook of that number; of the latest one where none is named. `MIXED` for a rulebook that is not kept. */
export type ScoreEvent = (event: WireEvent, rulebook?: number) => Score

/** The rulebook of a collector that nobody has given rules: it has none. */
export const FIRST_RULEBOOK = 0
/** Less than the number of any rulebook. */
export const MIXED = -1

const NOTHING: Score = { rulebook: FIRST_RULEBOOK, points: 0, goals: [] }
/** Worth nothing that can be told. */
export const MIXED_SCORE: Score = { rulebook: MIXED, points: 0, goals: [] }

/** Scores by the first rulebook, which has no rules. */
export const scoreNothing: ScoreEvent = (_event, rulebook = FIRST_RULEBOOK) =>
  rulebook === FIRST_RULEBOOK ? NOTHING : MIXED_SCORE

/** What both are worth together; they must have no event in common. */
export function addScores(a: Score, b: Score): Score {
  if (a.rulebook !== b.rulebook) return MIXED_SCORE
  if (b.points === 0 && b.goals.length === 0) return a
  return {
    rulebook: a.rulebook,
    points: a.points + b.points,
    goals: mergeTexts(a.goals, b.goals, MAX_RULES),
  }
}
