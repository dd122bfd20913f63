const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const FINE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const SHORT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const CHANGE = new Intl.NumberFormat(undefined, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
})

/** A count in the viewer's locale: `12,345`. */
export function wholeNumber(value: number): string {
  return WHOLE.format(value)
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

/** A relative change with its sign, `+12.5%`; undefined where there is nothing to compare with. */
export function relativeChange(now: number, before: number | undefined): string | undefined {
  return before === undefined || before === 0 ? undefined : CHANGE.format((now - before) / before)
}

/** A size in bytes, in steps of 1,000: `12.3 MB`. */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${FINE.format(bytes / 1000 ** step)} ${units[step]}`
}
