import type { RejectReason, Rejection } from '@sojourn/protocol'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import type { LiveDesk } from '../live/live-desk.ts'
import type { ProblemKind } from '../problem.ts'
import type { Store } from '../store/store.ts'
import { quantile } from './histogram.ts'
import type { HistogramCounts } from './histogram.ts'
import type { DamageFigures, WatchedStore } from './watch-damage.ts'
import type { IngestFigures, IngestMeter } from './ingest-meter.ts'

/** What the health of the collector is read from. */
export interface HealthParts {
  readonly meter: IngestMeter
  readonly store: Pick<Store, 'sequenceGaps' | 'storedBytes'>
  readonly sources: SourceDirectory
  readonly live: Pick<LiveDesk, 'streams'>
  readonly damage: WatchedStore['damage']
}

/** Figures since the process began, and what is stored right now. */
export interface HealthFigures extends IngestFigures {
  readonly gaps: readonly SourceGaps[]
  readonly storedBytes: number
  readonly streams: number
  readonly memoryBytes: number
  readonly damage: DamageFigures | undefined
}

/** What has not arrived of a source's events; the name is absent once the source is removed. */
export interface SourceGaps {
  readonly source: { readonly id: string; readonly name?: string }
  readonly tabs: number
  readonly missing: number
}

/** The answer of `GET /v1/health`. Times are ISO 8601. */
export interface Health {
  readonly since: string
  readonly events: {
    readonly accepted: number
    readonly duplicates: number
    readonly late: number
    readonly dropped: number
    readonly rejected: Readonly<Record<RejectReason, number>>
  }
  readonly rejections: readonly (Rejection & {
    readonly source: SourceGaps['source']
    readonly time: string
  })[]
  readonly refusedRequests: Readonly<Partial<Record<ProblemKind, number>>>
  readonly skewedBatches: number
  readonly sequenceGaps: readonly SourceGaps[]
  readonly commits: {
    readonly count: number
    readonly failed: number
    readonly queuedEvents: number
    /** Absent before the first commit. */
    readonly p50Ms?: number
    readonly p99Ms?: number
  }
  readonly storedBytes: number
  readonly memoryBytes: number
  readonly streams: number
  /** Absent while none was met. */
  readonly damage?: { readonly count: number; readonly lastAt: string; readonly last: string }
}

/** Reads everything at once. Rejects with `StoreUnavailable`. */
export async function readFigures({
  meter,
  store,
  sources,
  live,
  damage,
}: HealthParts): Promise<HealthFigures> {
  const gaps = await store.sequenceGaps()
  return {
    ...meter.read(),
    gaps: gaps.map(({ sourceId, tabs, missing }) => ({
      source: nameSource(sourceId, sources),
      tabs,
      missing,
    })),
    storedBytes: await store.storedBytes(),
    streams: live.streams,
    memoryBytes: process.memoryUsage.rss(),
    damage: damage(),
  }
}

/** The figures as the API answers them. */
export function toHealth(figures: HealthFigures, sources: SourceDirectory): Health {
  const { accepted, duplicates, late, dropped, rejected, damage } = figures
  return {
    since: iso(figures.since),
    events: { accepted, duplicates, late, dropped, rejected },
    rejections: figures.examples.map(({ sourceId, time, ...rejection }) => ({
      ...rejection,
      source: nameSource(sourceId, sources),
      time: iso(time),
    })),
    refusedRequests: Object.fromEntries(figures.refused),
    skewedBatches: figures.skewedBatches,
    sequenceGaps: figures.gaps,
    commits: {
      count: figures.commits.count,
      failed: figures.failedCommits,
      queuedEvents: figures.queuedEvents,
      ...percentile('p50Ms', figures.commits, 0.5),
      ...percentile('p99Ms', figures.commits, 0.99),
    },
    storedBytes: figures.storedBytes,
    memoryBytes: figures.memoryBytes,
    streams: figures.streams,
    ...(damage && { damage: { ...damage, lastAt: iso(damage.lastAt) } }),
  }
}

function percentile(
  name: 'p50Ms' | 'p99Ms',
  commits: HistogramCounts,
  share: number,
): Partial<Health['commits']> {
  const seconds = quantile(commits, share)
  return seconds === undefined ? {} : { [name]: seconds * 1_000 }
}

function nameSource(id: string, sources: SourceDirectory): SourceGaps['source'] {
  const name = sources.byId(id)?.name
  return name === undefined ? { id } : { id, name }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
