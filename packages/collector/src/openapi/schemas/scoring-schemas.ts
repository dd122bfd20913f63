import { EVENT_TYPES } from '@sojourn/protocol'
import { MAX_POINTS, MAX_RULES } from '../../scoring/parse-scoring.ts'
import { COUNT, NUMBER, TEXT, about, enumOf, listOf, record, ref } from '../schema.ts'
import type { Schema } from '../schema.ts'

const POINTS: Schema = { type: 'integer', minimum: -MAX_POINTS, maximum: MAX_POINTS }
const RULES = { rules: { ...listOf(ref('ScoringRule')), maxItems: MAX_RULES } }
const GOALS = { goals: { ...listOf(ref('Goal')), maxItems: MAX_RULES } }
const STATUS = {
  version: about(COUNT, 'One more with each change of rules or goals.'),
  status: enumOf(['scoring', 'ready']),
  progress: about(
    { type: 'number', minimum: 0, maximum: 1 },
    'Share of the sessions that are scored by these.',
  ),
}

/** Scoring rules and goals. */
export const SCORING_SCHEMAS: Readonly<Record<string, Schema>> = {
  Match: about(
    record(
      {},
      {
        name: TEXT,
        type: enumOf(EVENT_TYPES),
        path: about(TEXT, 'A pattern: * within a part of the path, ** for anything.'),
        tags: about(listOf(TEXT), 'All of these.'),
        properties: {
          type: 'object',
          additionalProperties: {
            anyOf: [{ type: ['string', 'number', 'boolean'] }, record({}, { min: NUMBER, max: NUMBER })],
          },
        },
      },
    ),
    'Events for which all of it holds; at least one thing is named.',
  ),
  ScoringRule: record({ match: ref('Match'), points: POINTS }),
  Goal: record({ name: TEXT, match: ref('Match') }),
  NewScoring: record(RULES),
  NewGoals: record(GOALS),
  Scoring: record({ ...RULES, ...STATUS }),
  Goals: record({ ...GOALS, ...STATUS }),
}
