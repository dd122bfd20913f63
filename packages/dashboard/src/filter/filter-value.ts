import { durationText, parseDuration } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import type { Filter } from './filters.ts'
import { FILTERS } from './filters.ts'

const MOST_PAGES = 10

/** What the API is to be asked for what somebody typed, or what to type instead. */
export type ParsedFilterValue =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly mend: string }

/** Reads a typed value as the filter's kind asks for it. Durations become whole seconds. */
export function parseFilterValue(filter: Filter, typed: string): ParsedFilterValue {
  const text = typed.trim()
  if (text === '') return { ok: false, mend: 'Type or choose a value.' }
  switch (filter.kind) {
    case 'text':
      return { ok: true, value: text }
    case 'types': {
      const types = text.split(/[\s,→]+/).filter(Boolean)
      return types.length > 1
        ? { ok: true, value: types.join() }
        : {
            ok: false,
            mend: 'Type types of sources, the last of which they lead to: marketing, docs → product.',
          }
    }
    case 'pages': {
      const pages = text.split(/[\s→]+/).filter(Boolean)
      return pages.length > 0 && pages.length <= MOST_PAGES
        ? { ok: true, value: JSON.stringify(pages) }
        : { ok: false, mend: `Type 1 to ${MOST_PAGES} pages, such as / → /pricing.` }
    }
    case 'absent':
    case 'choice':
      return filter.choices!.includes(text)
        ? { ok: true, value: text }
        : { ok: false, mend: `Choose one of ${filter.choices!.join(', ')}.` }
    case 'flag':
      return text === 'true' || text === 'false'
        ? { ok: true, value: text }
        : { ok: false, mend: 'Choose yes or no.' }
    case 'count':
      return /^\d{1,15}$/.test(text)
        ? { ok: true, value: String(Number(text)) }
        : { ok: false, mend: 'Type a whole number, such as 10.' }
    case 'duration': {
      const seconds = parseDuration(text)
      return seconds === undefined
        ? { ok: false, mend: 'Type a time, such as 90s, 5m or 1h 30m.' }
        : { ok: true, value: String(seconds) }
    }
  }
}

/** A filter's value as its chip shows it. */
export function filterValueWords(filter: Filter, value: string): string {
  switch (filter.kind) {
    case 'text':
    case 'choice':
      return value
    case 'types':
      return leadingWords(value.split(','))
    case 'pages':
      return pagesOf(value)?.join(' → ') ?? value
    case 'absent':
      return value.split(',').map(absentWords).join(', ')
    case 'flag':
      return value === 'true' ? 'yes' : 'no'
    case 'count':
      return /^\d+$/.test(value) ? wholeNumber(Number(value)) : value
    case 'duration':
      return /^\d+$/.test(value) ? durationText(Number(value)) : value
  }
}

/** What a session may lack, by the words of the filter that finds it. */
export function absentWords(name: string): string {
  return FILTERS.find(({ key }) => key === name)?.words.toLowerCase() ?? name
}

/** Types of sources, and after an arrow the one that they lead to. */
function leadingWords(types: readonly string[]): string {
  return types.length > 1 ? `${types.slice(0, -1).join(', ')} → ${types.at(-1)}` : types.join()
}

/** The paths of a list of pages; undefined where it is none. */
function pagesOf(value: string): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) && parsed.every((path) => typeof path === 'string') ? parsed : undefined
  } catch {
    return undefined
  }
}
