import type { Draft, DraftField } from './draft.ts'
import { EMPTY_DRAFT } from './draft.ts'

/** What is wrong with a draft: by field, and what is about no single one of them. */
export interface FieldProblems {
  readonly byField: Readonly<Partial<Record<DraftField, readonly string[]>>>
  readonly others: readonly string[]
}

/** Sorts the sentences of a refused definition to the fields that they are about: those that they name first, as the API writes them. */
export function fieldProblems(errors: readonly string[]): FieldProblems {
  const byField: Partial<Record<DraftField, readonly string[]>> = {}
  const others: string[] = []
  for (const error of errors) {
    const field = fieldOf(error)
    if (field === undefined) others.push(error)
    else byField[field] = [...(byField[field] ?? []), error]
  }
  return { byField, others }
}

function fieldOf(error: string): DraftField | undefined {
  const word = /^\w+/.exec(error)?.[0]
  if (word !== undefined && isField(word)) return word
  // `"ping" is in passiveEvents and startEvents: …`
  const named = / is in (\w+) and /.exec(error)?.[1]
  return named !== undefined && isField(named) ? named : undefined
}

function isField(word: string): word is keyof Draft {
  return Object.hasOwn(EMPTY_DRAFT, word)
}
