import { term } from '../../session-terms.ts'
import type { TermKind } from '../../session-terms.ts'

/** What a session can be found by anywhere in it, as a number: a word under a kind. */
export type TermCode = number

const KINDS: readonly TermKind[] = ['event', 'path', 'tag']
const NUMBERS: Readonly<Record<TermKind, number>> = { event: 0, path: 1, tag: 2 }
const KIND_OF_LETTER: Readonly<Record<string, TermKind>> = { n: 'event', p: 'path', t: 'tag' }

/** The code of a word under a kind. */
export function codeOf(kind: TermKind, wordRow: number): TermCode {
  return KINDS.length * wordRow + NUMBERS[kind]
}

/** The code of a term as texts have it, e.g. `n12`. */
export function codeOfTerm(text: string): TermCode {
  return codeOf(KIND_OF_LETTER[text[0]!]!, Number(text.slice(1)))
}

/** The text of a code, e.g. `n12`. */
export function termOfCode(code: TermCode): string {
  return term(KINDS[code % KINDS.length]!, Math.floor(code / KINDS.length))
}

/** A `terms` column of codes, each of which is there once. */
export function termsColumn(codes: readonly TermCode[]): string {
  if (codes.length === 0) return ''
  let text = ','
  for (const code of codes) text += `${termOfCode(code)},`
  return text
}

/** The codes of a `terms` column. */
export function codesOf(column: string): readonly TermCode[] {
  return column === '' ? [] : column.slice(1, -1).split(',').map(codeOfTerm)
}
