import { VIEWER_LOCALE } from './locale.ts'

const WHOLE = new Intl.NumberFormat(VIEWER_LOCALE, { maximumFractionDigits: 0 })
const FINE = new Intl.NumberFormat(VIEWER_LOCALE, { maximumFractionDigits: 1 })
const SHORT = new Intl.NumberFormat(VIEWER_LOCALE, { notation: 'compact', maximumFractionDigits: 1 })
const PERCENT = new Intl.NumberFormat(VIEWER_LOCALE, { style: 'percent', maximumFractionDigits: 1 })
const CHANGE = new Intl.NumberFormat(VIEWER_LOCALE, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

/** A count in the viewer's locale: `12,345`. */
export function wholeNumber(value: number): string {
  return WHOLE.format(value)
}

/** How many sessions: `1 session`, `12,345 sessions`. */
export function sessionCount(count: number): string {
  return `${wholeNumber(count)} ${count === 1 ? 'session' : 'sessions'}`
}

/** How many events: `1 event`, `12,345 events`. */
export function eventCount(count: number): string {
  return `${wholeNumber(count)} ${count === 1 ? 'event' : 'events'}`
}

/** A figure with at most one decimal, in the viewer's locale. */
export function fineNumber(value: number): string {
  return FINE.format(value)
}

/** A count short enough for an axis: `12.3K`. */
export function shortNumber(value: number): string {
  return SHORT.format(value)
}

/** A ratio from 0 to 1 as per cent. */
export function percent(ratio: number): string {
  return PERCENT.format(ratio)
}

/** From here on a change is told as a multiple: nobody pictures +4,900%. */
const MULTIPLE = 10

/** A relative change with its sign, `+12.5%`, or `×50` for the largest; undefined where there is nothing to compare with. */
export function relativeChange(now: number, before: number | undefined): string | undefined {
  if (before === undefined || before === 0) return undefined
  const ratio = now / before
  return ratio >= MULTIPLE ? `×${WHOLE.format(ratio)}` : CHANGE.format(ratio - 1)
}

/** A size in bytes, in steps of 1,000: `12.3 MB`. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${FINE.format(bytes / 1000 ** step)} ${units[step]}`
}
