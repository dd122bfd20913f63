import type { Definition, DefinitionRules } from '../api/definition.ts'

/** A definition as the form holds it: each field as it is typed, empty where it is not set. Lists of names stand one in each line. */
export interface Draft {
  readonly name: string
  readonly scope: 'visitor' | 'profile'
  readonly by: 'gap' | 'client'
  readonly timeout: string
  readonly maxLength: string
  readonly maxEvents: string
  readonly dayBoundary: string
  readonly splitOn: readonly string[]
  readonly startEvents: string
  readonly endEvents: string
  readonly property: string
  readonly passiveEvents: string
  readonly sources: readonly string[]
  readonly sourceTypes: readonly string[]
}

/** A field of the form, by the API's name for it. */
export type DraftField = keyof Draft

/** The form as it begins: half an hour, by visitor, and nothing else. */
export const EMPTY_DRAFT: Draft = {
  name: '',
  scope: 'visitor',
  by: 'gap',
  timeout: '30m',
  maxLength: '',
  maxEvents: '',
  dayBoundary: '',
  splitOn: [],
  startEvents: '',
  endEvents: '',
  property: '',
  passiveEvents: '',
  sources: [],
  sourceTypes: [],
}

/** A stored definition as the form holds it. */
export function draftOf({ name, ...rules }: Pick<Definition, 'name'> & DefinitionRules): Draft {
  const text = (value: string | number | undefined): string => (value === undefined ? '' : String(value))
  const lines = (names: readonly string[] | undefined): string => (names ?? []).join('\n')
  return {
    name,
    scope: rules.scope ?? 'visitor',
    by: rules.by ?? 'gap',
    timeout: text(rules.timeout ?? EMPTY_DRAFT.timeout),
    maxLength: text(rules.maxLength),
    maxEvents: text(rules.maxEvents),
    dayBoundary: text(rules.dayBoundary),
    splitOn: rules.splitOn ?? [],
    startEvents: lines(rules.startEvents),
    endEvents: lines(rules.endEvents),
    property: text(rules.property),
    passiveEvents: lines(rules.passiveEvents),
    sources: rules.sources ?? [],
    sourceTypes: rules.sourceTypes ?? [],
  }
}

/** What the API is sent for a draft: what is not set is left out, and what is no number is sent as it is, so that the API says so. */
export function rulesOf(draft: Draft): Readonly<Record<string, unknown>> {
  return {
    scope: draft.scope,
    by: draft.by,
    ...given('timeout', duration(draft.timeout)),
    ...given('maxLength', duration(draft.maxLength)),
    ...given('maxEvents', numberOrText(draft.maxEvents)),
    ...given('dayBoundary', draft.dayBoundary.trim() || undefined),
    ...given('property', draft.property.trim() || undefined),
    ...list('splitOn', draft.splitOn),
    ...list('startEvents', linesOf(draft.startEvents)),
    ...list('endEvents', linesOf(draft.endEvents)),
    ...list('passiveEvents', linesOf(draft.passiveEvents)),
    ...list('sources', draft.sources),
    ...list('sourceTypes', draft.sourceTypes),
  }
}

/** The names in a text, one in each line; empty lines do not count. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** Milliseconds are sent as a number; `30 m` is as good as `30m`. */
function duration(text: string): string | number | undefined {
  return numberOrText(text.replaceAll(' ', '').toLowerCase())
}

function numberOrText(text: string): number | string | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  return /^\d{1,15}$/.test(typed) ? Number(typed) : typed
}

function given(key: string, value: unknown): object {
  return value === undefined ? {} : { [key]: value }
}

function list(key: string, values: readonly string[]): object {
  return values.length === 0 ? {} : { [key]: values }
}
