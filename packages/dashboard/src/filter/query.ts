import type { Params } from '../api/request.ts'
import { filterParams } from './filter-params.ts'
import { rangeParams } from './range.ts'

/** The filters, the definition and the span of time that an address says, as the API takes them. */
export function queryOf(params: Readonly<Record<string, string>>, now: number): Params {
  return { ...rangeParams(params, now), definition: params['definition'], ...filterParams(params) }
}

/** What of an address leads on to another page about the same sessions: filters, definition and time, but not columns or order. */
export function sharedParams(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = new Set(['definition', 'range', 'from', 'to', ...Object.keys(filterParams(params))])
  return Object.fromEntries(Object.entries(params).filter(([name]) => kept.has(name)))
}
