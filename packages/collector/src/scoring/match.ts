import type { EventType } from '@sojourn/protocol'

/** What a property has to be: the value itself, or a number within bounds, both included. */
export type PropertyMatch = string | number | boolean | { readonly min?: number; readonly max?: number }

/** Which events a rule is about: those for which everything that is named here holds. At least one thing is named. */
export interface Match {
  readonly name?: string
  readonly type?: EventType
  /** Pattern for the page's path: see `compilePathPattern`. */
  readonly path?: string
  /** All of these. */
  readonly tags?: readonly string[]
  /** By dotted path within the event's properties, e.g. `cart.total`. */
  readonly properties?: ReadonlyMap<string, PropertyMatch>
}

/** Events that match are worth these points. */
export interface ScoringRule {
  readonly match: Match
  /** A whole number, so that sums do not depend on their order. May be negative. */
  readonly points: number
}

/** A session that holds a matching event has reached the goal. */
export interface Goal {
  readonly name: string
  readonly match: Match
}
