import type { HistogramCounts } from './histogram.ts'

/** One line of a metric: its labels, and a value. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** The type that Prometheus reads: text exposition format 0.0.4. */
export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** A counter or gauge with its help, as text. Label values may be anyone's. */
export function metricText(
  name: string,
  {
    type,
    help,
    samples,
  }: { readonly type: 'counter' | 'gauge'; readonly help: string; readonly samples: readonly Sample[] },
): string {
  return head(name, type, help) + samples.map(({ labels = {}, value }) => line(name, labels, value)).join('')
}

/** A histogram with its help, as text. */
export function histogramText(
  name: string,
  help: string,
  { bounds, counts, count, sum }: HistogramCounts,
): string {
  let upTo = 0
  const buckets = bounds.map((bound, i) => {
    upTo += counts[i]!
    return line(`${name}_bucket`, { le: String(bound) }, upTo)
  })
  return (
    head(name, 'histogram', help) +
    buckets.join('') +
    line(`${name}_bucket`, { le: '+Inf' }, count) +
    line(`${name}_sum`, {}, sum) +
    line(`${name}_count`, {}, count)
  )
}

function head(name: string, type: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
