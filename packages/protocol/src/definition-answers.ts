import type { RuleName } from './rule-name.ts'

/** Figures of the sessions of one definition. */
export interface ComparedSide {
  readonly sessions: number
  /** Sessions of exactly one non-passive event. */
  readonly bounces: number
  /** Whole seconds, summed. */
  readonly duration: number
}

/** A session of one definition that the other tells as several. */
export interface ComparedSession {
  /** `split`: the session is of the first definition; `merged`: of the second. */
  readonly kind: 'split' | 'merged'
  readonly session: string
  /** The sessions of the other definition that hold its non-passive events, in order of their start; the first few of them. */
  readonly into: readonly {
    readonly session: string
    /** Why it began; absent under `client`, where the sender knows. */
    readonly rule?: RuleName
    readonly event?: string
    readonly gapMs?: number
  }[]
}

/** Two definitions over the same events, compared by their non-passive events. */
export interface DefinitionComparison {
  readonly first: ComparedSide
  readonly second: ComparedSide
  /** Sessions of the first definition that the second tells as several. */
  readonly split: number
  /** Sessions of the second definition that the first tells as several. */
  readonly merged: number
  /** Sessions whose events are in no session of the other definition. */
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly examples: readonly ComparedSession[]
}

/** What a definition makes of some events, told as if there were no others. */
export interface DefinitionPreview {
  /** Events that were looked at, passive ones too. */
  readonly events: number
  /** ISO 8601 times of the first and the last of them; absent where there are none. */
  readonly from?: string
  readonly to?: string
  readonly sessions: number
  /** Sessions of exactly one non-passive event. */
  readonly bounces: number
  /** 0 to 1; null where there are no sessions. */
  readonly bounceRate: number | null
  /** From first to last non-passive event, in seconds; null where there are no sessions. */
  readonly meanDuration: number | null
  /** How many sessions each rule began; rules that began none are absent. */
  readonly began: Readonly<Partial<Record<RuleName, number>>>
}
