import type { Health, HealthSource, SourceGaps } from '@sojourn/protocol'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import type { LiveDesk } from '../live/live-desk.ts'
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

function nameSource(id: string, sources: SourceDirectory): HealthSource {
  const name = sources.byId(id)?.name
  return name === undefined ? { id } : { id, name }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
