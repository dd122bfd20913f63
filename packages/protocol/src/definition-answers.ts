import type { RuleName } from './rule-name.ts'
import type { SessionObject } from './session-object.ts'

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

/** One of the sessions that a compared session is under the other definition. */
export interface DifferencePart extends Pick<SessionObject, 'startReason'> {
  readonly session: string
  /** Why it began; absent under `client`, where the sender knows: then `startReason` is what the sender said, if it said anything. */
  readonly rule?: RuleName
  /** Id of the event with which it began; absent where no rule began it. */
  readonly event?: string
  /** What that event was: its name, its page, and its time in ISO 8601. */
  readonly name?: string
  readonly path?: string
  readonly time: string
  /** Since the activity before; absent where there was none. */
  readonly gapMs?: number
  /** Non-passive ones. */
  readonly events: number
  /** Whole seconds. */
  readonly duration: number
}

/** A session of one definition that the other tells as several, as the read API answers it: whose it is, when it was, and each cut. */
export interface ToldDifference extends Pick<SessionObject, 'profile' | 'visitor'> {
  readonly kind: ComparedSession['kind']
  readonly session: string
  /** ISO 8601. */
  readonly time: string
  /** Non-passive ones. */
  readonly events: number
  /** Whole seconds. */
  readonly duration: number
  /** In order of their start; the first few of them. */
  readonly into: readonly DifferencePart[]
}

/** Two definitions over the same events, compared by their non-passive events. */
export interface DefinitionComparison<Example = ComparedSession> {
  readonly first: ComparedSide
  readonly second: ComparedSide
  /** Sessions of the first definition that the second tells as several. */
  readonly split: number
  /** Sessions of the second definition that the first tells as several. */
  readonly merged: number
  /** Sessions whose events are in no session of the other definition. */
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly examples: readonly Example[]
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
