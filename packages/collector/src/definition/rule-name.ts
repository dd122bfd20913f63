import { RULE_NAMES } from '@sojourn/protocol'
import type { RuleName } from '@sojourn/protocol'

/** What `step` says of an event: a rule by its number (1 = the first of `RULE_NAMES`) when it begins a session because of it, or one of the four below. */
export type Verdict = number
/** It belongs to the open session and extends it. */
export const JOINS: Verdict = 0
/** It belongs to no session: its source does not take part, or it is passive and none was open in time. */
export const OUTSIDE: Verdict = -1
/** It belongs to the session whose id it came with, and changes nothing about the open one: passive, under `by: client`. */
export const STAMPED: Verdict = -2

/** It belongs to the open session and changes nothing about it: passive. */
export const ACCOMPANIES: Verdict = -3

/** The number by which verdicts and tellings name a rule: 1 for the first of `RULE_NAMES`. */
export function ruleNumber(name: RuleName): Verdict {
  return RULE_NAMES.indexOf(name) + 1
}

/** The name of a rule's number; undefined for 0, which stands for none. */
export function ruleName(number: number): RuleName | undefined {
  return RULE_NAMES[number - 1]
}
