import type { Operation } from '../operation.ts'
import { ref } from '../schema.ts'

const RULES = {
  status: 200,
  description: 'The rules, and how far sessions are scored.',
  schema: ref('Scoring'),
} as const
const GOALS = {
  status: 200,
  description: 'The goals, and how far sessions are scored.',
  schema: ref('Goals'),
} as const

/** What events and sessions are worth. */
export const SCORING_OPERATIONS: readonly Operation[] = [
  { method: 'get', path: '/v1/scoring', summary: 'The scoring rules.', admission: 'token', answer: RULES },
  {
    method: 'put',
    path: '/v1/scoring',
    summary: 'Puts other scoring rules in place of all, and scores earlier sessions again.',
    admission: 'admin',
    body: ref('NewScoring'),
    answer: RULES,
  },
  { method: 'get', path: '/v1/goals', summary: 'The goals.', admission: 'token', answer: GOALS },
  {
    method: 'put',
    path: '/v1/goals',
    summary: 'Puts other goals in place of all, and looks for them in earlier sessions.',
    admission: 'admin',
    body: ref('NewGoals'),
    answer: GOALS,
  },
]
