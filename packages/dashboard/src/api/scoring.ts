/** What a property has to be: the value itself, or a number within bounds. */
export type PropertyMatch = string | number | boolean | { readonly min?: number; readonly max?: number }

/** Which events a rule is about, as the API takes it; see docs/read-api.md. */
export interface Match {
  readonly name?: string
  readonly type?: string
  readonly path?: string
  readonly tags?: readonly string[]
  readonly properties?: Readonly<Record<string, PropertyMatch>>
}

/** Events that match are worth these points. */
export interface ScoringRule {
  readonly match: Match
  readonly points: number
}

/** A session that holds a matching event has reached the goal. */
export interface Goal {
  readonly name: string
  readonly match: Match
}

/** How far the sessions of before are scored by the rules as they are now. */
export interface ScoringStatus {
  readonly version: number
  readonly status: 'ready' | 'scoring'
  /** 0 to 1. */
  readonly progress: number
}

/** The answers of `GET /v1/scoring` and `GET /v1/goals`. */
export interface ScoringAnswer extends ScoringStatus {
  readonly rules: readonly ScoringRule[]
}
export interface GoalsAnswer extends ScoringStatus {
  readonly goals: readonly Goal[]
}
