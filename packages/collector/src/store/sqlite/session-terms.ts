import type { WireEvent } from '@sojourn/protocol'
import type { Words } from './words.ts'

/** What can be looked for anywhere in a session. */
export type TermKind = 'event' | 'tag' | 'path'

/** The letter that stands for a kind in the `terms` column. */
const LETTERS: Readonly<Record<TermKind, string>> = { event: 'n', tag: 't', path: 'p' }

/** A word under a kind, e.g. `n12`: the event name that is word 12. */
export function term(kind: TermKind, wordRow: number): string {
  return LETTERS[kind] + String(wordRow)
}

/** Adds what an event can be found by in its session. */
export function addTerms(terms: Set<string>, event: WireEvent, words: Words): void {
  terms.add(term('event', words.intern(event.name)))
  if (event.page?.path !== undefined) terms.add(term('path', words.intern(event.page.path)))
  for (const tag of event.tags ?? []) terms.add(term('tag', words.intern(tag)))
}

/** The `terms` column: each term between commas, so that `n1` is not found in `n12`. */
export function encodeTerms(terms: ReadonlySet<string>): string {
  return terms.size === 0 ? '' : `,${[...terms].join(',')},`
}

/** The terms of a `terms` column. */
export function decodeTerms(column: string): Set<string> {
  return new Set(column.split(',').filter((name) => name !== ''))
}
