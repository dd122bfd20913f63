import { formatNumber } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { median, percentile } from '../load/percentile.ts'
import type { SpeedSample, TrafficSample } from './measure.ts'

/** Everything that was measured of one SDK. */
export interface Measured {
  readonly name: string
  readonly version: string
  readonly brotliBytes: number
  /** One sample a round. */
  readonly full: readonly SpeedSample[]
  /** The same at a quarter of the processor's speed. */
  readonly slow: readonly SpeedSample[]
  readonly traffic: TrafficSample
  readonly forcedLayouts: number
}

/** The slowest that a call may be, median, in µs. */
const MAX_CALL_US = 20

/** One line of the comparison. */
interface Row {
  readonly name: string
  readonly unit: string
  readonly value: (measured: Measured) => number
  readonly atMost?: number
}

const middle =
  (value: (sample: SpeedSample) => number) =>
  (samples: readonly SpeedSample[]): number =>
    median(samples.map(value))
const call = (share: number) => middle(({ callsUs }) => percentile(Float64Array.from(callsUs).sort(), share))
const [half, most] = [call(0.5), call(0.95)]
const cpu = middle(({ callCpuUs }) => callCpuUs)
const allCpu = middle(({ eventCpuUs }) => eventCpuUs)
const startMs = middle(({ startCpuMs }) => startCpuMs)
const longTasks = middle((sample) => sample.longTasks)
const longTasksByClock = middle((sample) => sample.longTasksByClock)

/** What is told of each SDK; a limit is what is promised of ours. */
const ROWS: readonly Row[] = [
  { name: 'track(), median', unit: 'µs', value: ({ full }) => half(full), atMost: MAX_CALL_US },
  { name: 'track(), p95', unit: 'µs', value: ({ full }) => most(full) },
  { name: 'track(), processor time, mean', unit: 'µs', value: ({ full }) => cpu(full) },
  { name: 'the same with storing and sending', unit: 'µs', value: ({ full }) => allCpu(full) },
  { name: 'track() at 4× slow-down, median', unit: 'µs', value: ({ slow }) => half(slow) },
  { name: 'track() at 4× slow-down, p95', unit: 'µs', value: ({ slow }) => most(slow) },
  { name: 'track() at 4× slow-down, processor time, mean', unit: 'µs', value: ({ slow }) => cpu(slow) },
  { name: 'start to first event, processor time', unit: 'ms', value: ({ full }) => startMs(full) },
  { name: 'start to first event at 4× slow-down', unit: 'ms', value: ({ slow }) => startMs(slow) },
  { name: 'long tasks, by processor time', unit: '', value: ({ full }) => longTasks(full), atMost: 0 },
  { name: 'long tasks at 4× slow-down', unit: '', value: ({ slow }) => longTasks(slow), atMost: 0 },
  { name: 'long tasks, by the wall clock', unit: '', value: ({ full }) => longTasksByClock(full) },
  { name: 'forced layouts and styles', unit: '', value: ({ forcedLayouts }) => forcedLayouts, atMost: 0 },
  {
    name: 'requests before the first event',
    unit: '',
    value: ({ traffic }) => traffic.requestsBefore,
    atMost: 0,
  },
  { name: 'bytes sent per event', unit: 'B', value: ({ traffic }) => traffic.bytesPerEvent },
  { name: 'events of 500 that arrived', unit: '', value: ({ traffic }) => traffic.delivered },
  { name: 'script, brotli', unit: 'B', value: ({ brotliBytes }) => brotliBytes },
]

/** Our figures, with what is promised of them. */
export function ourFigures(ours: Measured): readonly Figure[] {
  return ROWS.map(({ name, unit, value, atMost }) => ({
    name,
    unit,
    value: value(ours),
    ...(atMost === undefined ? {} : { promise: { atMost } }),
  }))
}

/** All SDKs side by side, one a column, as a table for the terminal and for Markdown. */
export function formatComparison(all: readonly Measured[]): string {
  const rows = [
    ['', ...all.map(({ name, version }) => `${name} ${version}`)],
    ...ROWS.map(({ name, unit, value }) => [
      name,
      ...all.map((one) => `${formatNumber(value(one))} ${unit}`.trim()),
    ]),
  ]
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map((row) => row[i]!.length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(rows[0]!), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join(
    '\n',
  )
}
