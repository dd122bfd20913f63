import { compileMatch } from '../../scoring/compile-match.ts'
import type { Goal, ScoringRule } from '../../scoring/match.ts'
import type { Fact } from '../../ingest/fact.ts'

/** Rules and goals that the facts of the fixtures meet now and then; some names only look alike. */
export const SOME_RULES: { readonly rules: readonly ScoringRule[]; readonly goals: readonly Goal[] } = {
  rules: [
    { match: { name: 'clicked' }, points: 3 },
    { match: { type: 'page' }, points: -1 },
  ],
  goals: [
    { name: 'a', match: { name: 'bought' } },
    { name: '"', match: { path: '/c*' } },
    { name: 'null', match: { type: 'page' } },
  ],
}

/** What facts are worth by those rules. */
export function naiveScore(facts: readonly Fact[]): { readonly points: number; readonly goals: string[] } {
  const events = facts.map(({ event }) => event)
  const { rules, goals } = SOME_RULES
  return {
    points: rules.reduce(
      (sum, { match, points }) => sum + points * events.filter(compileMatch(match)).length,
      0,
    ),
    goals: goals.filter(({ match }) => events.some(compileMatch(match))).map(({ name }) => name),
  }
}
