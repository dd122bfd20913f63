import { compareCodePoints } from '../session/event-order.ts'
import { createGoalFinder, createScorer } from './compile-match.ts'
import type { Goal, ScoringRule } from './match.ts'
import { matchJson, parseGoals, parseScoring } from './parse-scoring.ts'
import { FIRST_RULEBOOK } from './score.ts'
import type { Score } from './score.ts'
import type { WireEvent } from '@sojourn/protocol'

/** The rules and goals that hold at a time. */
export interface Rulebook {
  /** One more with each change; 0 is the empty one that every collector begins with. */
  readonly number: number
  readonly rules: readonly ScoringRule[]
  readonly goals: readonly Goal[]
}

/** A rulebook as JSON: what the API takes and answers. */
export interface RulebookJson {
  readonly rules: readonly { readonly match: object; readonly points: number }[]
  readonly goals: readonly { readonly name: string; readonly match: object }[]
}

/** The rulebook that every collector begins with. */
export const EMPTY_RULEBOOK: Rulebook = { number: FIRST_RULEBOOK, rules: [], goals: [] }

/** A function that tells what an event is worth. Points are whole numbers, so sums do not depend on their order. */
export function compileRulebook({ number, rules, goals }: Rulebook): (event: WireEvent) => Score {
  const nothing: Score = { rulebook: number, points: 0, goals: [] }
  const pointsOf = createScorer(rules)
  const goalsOf = createGoalFinder(goals)
  return (event) => {
    const points = pointsOf(event)
    const reached = goalsOf(event)
    if (points === 0 && reached.length === 0) return nothing
    return { rulebook: number, points, goals: [...reached].sort(compareCodePoints) }
  }
}

/** The rulebook as plain JSON values. */
export function rulebookJson({ rules, goals }: Pick<Rulebook, 'rules' | 'goals'>): RulebookJson {
  return {
    rules: rules.map(({ match, points }) => ({ match: matchJson(match), points })),
    goals: goals.map(({ name, match }) => ({ name, match: matchJson(match) })),
  }
}

/** The rulebook that was written as JSON. Throws on anything `rulebookJson` does not make. */
export function readRulebook(number: number, { rules, goals }: RulebookJson): Rulebook {
  const parsed = { rules: parseScoring({ rules }), goals: parseGoals({ goals }) }
  if (!parsed.rules.ok || !parsed.goals.ok) throw new Error(`Rulebook ${number} cannot be read.`)
  return { number, rules: parsed.rules.items, goals: parsed.goals.items }
}
