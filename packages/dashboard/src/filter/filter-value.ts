import { durationText, parseDuration } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import type { Filter } from './filters.ts'

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
    case 'flag':
      return value === 'true' ? 'yes' : 'no'
    case 'count':
      return /^\d+$/.test(value) ? wholeNumber(Number(value)) : value
    case 'duration':
      return /^\d+$/.test(value) ? durationText(Number(value)) : value
  }
}
