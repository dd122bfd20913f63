/** The rules of a definition, as `PUT /v1/definitions/:name` takes them; see docs/definitions.md. Durations are texts such as `30m`, or ms. */
export interface DefinitionRules {
  readonly scope?: 'visitor' | 'profile'
  readonly by?: 'gap' | 'client'
  readonly timeout?: string | number
  readonly maxLength?: string | number
  readonly maxEvents?: number
  readonly dayBoundary?: string
  readonly splitOn?: readonly string[]
  readonly startEvents?: readonly string[]
  readonly endEvents?: readonly string[]
  readonly property?: string
  readonly passiveEvents?: readonly string[]
  readonly sources?: readonly string[]
  readonly sourceTypes?: readonly string[]
}

/** A definition as `GET /v1/definitions` answers it. */
export interface Definition extends DefinitionRules {
  readonly name: string
  readonly version: number
  readonly isBuiltIn: boolean
  /** `idle`: nobody has asked for its sessions yet; `building`: readers see the version before. */
  readonly status: 'idle' | 'building' | 'ready'
  /** Share of the events that are told, 0 to 1. */
  readonly progress: number
  /** The versions before, by which their sessions can still be told. */
  readonly earlier?: readonly EarlierVersion[]
}

/** A version before, with the rules that it had. */
export interface EarlierVersion extends DefinitionRules {
  readonly version: number
}

/** The answer of `GET /v1/definitions`. */
export interface DefinitionsAnswer {
  readonly definitions: readonly Definition[]
}

/** What one timeout would make of the events. */
export interface WhatIf {
  readonly timeoutMs: number
  readonly sessions: number
  readonly bounces: number
  readonly bounceRate: number
  readonly totalDurationMs: number
  readonly meanDurationMs: number
}

/** The answer of `GET /v1/definitions/what-if`, ascending. */
export interface WhatIfAnswer {
  readonly timeouts: readonly WhatIf[]
}

/** A bell curve over log2 of seconds. */
export interface NormalCurve {
  readonly weight: number
  readonly mean: number
  readonly sd: number
}

/** The answer of `GET /v1/definitions/suggest`. The curves and the timeout are there where the verdict is `found`. */
export interface Suggestion {
  readonly verdict: 'found' | 'no-valley' | 'too-few'
  readonly sentence: string
  readonly gaps: number
  readonly timeoutMs?: number
  readonly within?: NormalCurve
  readonly between?: NormalCurve
}
