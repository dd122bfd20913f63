import { MAX_NAME_CHARS } from '@sojourn/protocol'
import { createFieldReader, quote } from '../definition/field-reader.ts'
import type { Goal, Match, ScoringRule } from './match.ts'
import { parseMatch } from './parse-match.ts'

/** The most scoring rules, and the most goals: each is asked for every event. */
export const MAX_RULES = 100
/** The most points an event can win or lose by one rule: sums stay exact over 2^53 / 10^6 events. */
export const MAX_POINTS = 1_000_000

export type ParsedList<Item> =
  | { readonly ok: true; readonly items: readonly Item[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** The rules of `{"rules": [{"match": {…}, "points": 5}]}` from an untrusted value, or every problem with it. Never throws on JSON values. */
export function parseScoring(value: unknown): ParsedList<ScoringRule> {
  return parseList(value, 'rules', (item, at, problems) => {
    const fields = createFieldReader(item, at, problems)
    if (!fields) return { match: {}, points: 0 }
    const points = fields.whole('points', -MAX_POINTS, MAX_POINTS)
    if (points === undefined && fields.raw('points') === undefined)
      fields.refuse('points', `must be a whole number from ${-MAX_POINTS} to ${MAX_POINTS}.`)
    const match = parseMatch(fields.raw('match'), `${at}match.`, problems)
    fields.refuseUnknown()
    return { match, points: points ?? 0 }
  })
}

/** The goals of `{"goals": [{"name": "trial", "match": {…}}]}` from an untrusted value, or every problem with it. Never throws on JSON values. */
export function parseGoals(value: unknown): ParsedList<Goal> {
  const names = new Set<string>()
  return parseList(value, 'goals', (item, at, problems) => {
    const fields = createFieldReader(item, at, problems)
    if (!fields) return { name: '', match: {} }
    const name = fields.text('name', MAX_NAME_CHARS)
    if (name === undefined && fields.raw('name') === undefined) fields.refuse('name', 'is missing.')
    if (name !== undefined && names.has(name))
      fields.refuse('name', `${quote(name)} is that of another goal.`)
    if (name !== undefined) names.add(name)
    const match = parseMatch(fields.raw('match'), `${at}match.`, problems)
    fields.refuseUnknown()
    return { name: name ?? '', match }
  })
}

function parseList<Item>(
  value: unknown,
  key: string,
  parseItem: (item: unknown, at: string, problems: string[]) => Item,
): ParsedList<Item> {
  const problems: string[] = []
  const fields = createFieldReader(value, '', problems)
  if (!fields) return { ok: false, problems }
  const list = fields.raw(key)
  fields.refuseUnknown()
  if (!Array.isArray(list) || list.length > MAX_RULES) {
    fields.refuse(key, `must be a list of at most ${MAX_RULES}.`)
    return { ok: false, problems }
  }
  const items = list.map((item: unknown, index) => parseItem(item, `${key}[${index}].`, problems))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, items }
}

/** A match as the read API writes it, and `parseMatch` reads it back. */
export function matchJson({ properties, ...rest }: Match): Readonly<Record<string, unknown>> {
  return properties === undefined ? rest : { ...rest, properties: Object.fromEntries(properties) }
}
