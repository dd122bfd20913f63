/** One measured figure. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it must be, where it is promised. */
  readonly promise?: { readonly atLeast: number } | { readonly atMost: number }
  /** How it came about, in a few words. */
  readonly note?: string
}

/** Whether a figure is what was promised; undefined where nothing was. */
export function isKept({ value, promise }: Figure): boolean | undefined {
  if (promise === undefined) return undefined
  return 'atLeast' in promise ? value >= promise.atLeast : value <= promise.atMost
}

/** Figures as a table for the terminal, and for Markdown: columns are padded and stand between bars. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = [
    ['measured', 'figure', 'promised', 'note'],
    ...figures.map((figure) => [figure.name, shown(figure), promised(figure), figure.note ?? '']),
  ]
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map((row) => row[i]!.length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(rows[0]!), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join(
    '\n',
  )
}

function shown({ value, unit }: Figure): string {
  return `${formatNumber(value)} ${unit}`.trim()
}

function promised(figure: Figure): string {
  const { promise, unit } = figure
  if (promise === undefined) return ''
  const limit =
    'atLeast' in promise ? `≥ ${formatNumber(promise.atLeast)}` : `≤ ${formatNumber(promise.atMost)}`
  return `${limit} ${unit}`.trim() + (isKept(figure) ? ' kept' : ' MISSED')
}

/** Three significant digits, thousands apart. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const rounded = Number(value.toPrecision(3))
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })
}
