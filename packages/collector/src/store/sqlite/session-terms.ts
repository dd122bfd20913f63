import type { WireEvent } from '@sojourn/protocol'
import type { Words } from './words.ts'

/** What can be looked for anywhere in a session. */
export type TermKind = 'event' | 'tag' | 'path'

/** The letter that stands for a kind in the `terms` column. */
const LETTERS: Readonly<Record<TermKind, string>> = { event: 'n', tag: 't', path: 'p' }

/** Terms of the words that were stored first, which are the frequent ones, made once each. */
const made: Readonly<Record<TermKind, string[]>> = { event: [], tag: [], path: [] }
const MOST_MADE = 10_000

/** A word under a kind, e.g. `n12`: the event name that is word 12. */
export function term(kind: TermKind, wordRow: number): string {
  const known = made[kind][wordRow]
  if (known !== undefined) return known
  const text = LETTERS[kind] + String(wordRow)
  if (wordRow < MOST_MADE) made[kind][wordRow] = text
  return text
}

/** What an event can be found by in its session. */
export function termsOf(event: WireEvent, words: Words): readonly string[] {
  const terms = [term('event', words.intern(event.name))]
  if (event.page?.path !== undefined) terms.push(term('path', words.intern(event.page.path)))
  for (const tag of event.tags ?? []) terms.push(term('tag', words.intern(tag)))
  return terms
}

/** Adds what an event can be found by in its session. */
export function addTerms(terms: Set<string>, event: WireEvent, words: Words): void {
  terms.add(term('event', words.intern(event.name)))
  if (event.page?.path !== undefined) terms.add(term('path', words.intern(event.page.path)))
  if (event.tags) for (const tag of event.tags) terms.add(term('tag', words.intern(tag)))
}

/** A `terms` column, and the set that it was made of when that had so many members. */
export interface TermsText {
  readonly terms: ReadonlySet<string>
  readonly count: number
  readonly text: string
}

/** The `terms` column: each term between commas, so that `n1` is not found in `n12`. `before` where it still holds; a set only grows. */
export function encodeTerms(terms: ReadonlySet<string>, before?: TermsText): TermsText {
  if (before && before.terms === terms && before.count === terms.size) return before
  const text = terms.size === 0 ? '' : `,${[...terms].join(',')},`
  return { terms, count: terms.size, text }
}

/** The terms of a `terms` column. */
export function decodeTerms(column: string): Set<string> {
  return new Set(column.split(',').filter((name) => name !== ''))
}
