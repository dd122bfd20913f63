import type { Params } from '../api/request.ts'

/** A span of time to look at, by the word for it in the address. */
export const RANGES = [
  { key: '24h', words: '24 hours', ms: 86_400_000 },
  { key: '7d', words: '7 days', ms: 7 * 86_400_000 },
  { key: '30d', words: '30 days', ms: 30 * 86_400_000 },
  { key: '90d', words: '90 days', ms: 90 * 86_400_000 },
  { key: 'all', words: 'All', ms: Infinity },
] as const

export type RangeKey = (typeof RANGES)[number]['key']
export const DEFAULT_RANGE: RangeKey = '30d'

/** What the address says about time: a known span up to now, or `custom` with its own ends. */
export function rangeKey(params: Readonly<Record<string, string>>): RangeKey | 'custom' {
  if (params['from'] !== undefined || params['to'] !== undefined) return 'custom'
  return RANGES.find((range) => range.key === params['range'])?.key ?? DEFAULT_RANGE
}

/** `from` and `to` as the API takes them. A span up to now begins at a whole minute, so that a page that is drawn again asks the same. */
export function rangeParams(params: Readonly<Record<string, string>>, now: number): Params {
  const key = rangeKey(params)
  if (key === 'custom') return { from: params['from'], to: params['to'] }
  const span = RANGES.find((range) => range.key === key)!
  if (!Number.isFinite(span.ms)) return {}
  return { from: new Date(Math.floor((now - span.ms) / 60_000) * 60_000).toISOString() }
}

/** An ISO time as `<input type="datetime-local">` holds it, in the viewer's zone; empty for none. */
export function toLocalInput(iso: string | undefined): string {
  const time = iso === undefined ? NaN : Date.parse(iso)
  if (Number.isNaN(time)) return ''
  const zoneMs = new Date(time).getTimezoneOffset() * 60_000
  return new Date(time - zoneMs).toISOString().slice(0, 16)
}

/** The ISO time of what such an input holds; undefined for none. */
export function fromLocalInput(text: string): string | undefined {
  const time = Date.parse(text)
  return text === '' || Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
