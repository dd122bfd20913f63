import type { SourceGaps } from '@sojourn/protocol'
import { histogramText, metricText } from './prometheus.ts'
import type { Sample } from './prometheus.ts'
import type { HealthFigures } from './read-health.ts'

/** The figures as Prometheus reads them. docs/operating.md says what to watch. */
export function metricsText(figures: HealthFigures): string {
  const counter = (name: string, help: string, samples: number | readonly Sample[]) =>
    metricText(name, { type: 'counter', help, samples: toSamples(samples) })
  const gauge = (name: string, help: string, samples: number | readonly Sample[]) =>
    metricText(name, { type: 'gauge', help, samples: toSamples(samples) })
  const { rejected, refused, gaps } = figures
  return [
    counter('sojourn_events_accepted_total', 'Events that were stored.', figures.accepted),
    counter('sojourn_events_duplicate_total', 'Events that were stored before.', figures.duplicates),
    counter(
      'sojourn_events_rejected_total',
      'Events that were refused, by reason.',
      Object.entries(rejected).map(([reason, value]) => ({ labels: { reason }, value })),
    ),
    counter(
      'sojourn_events_late_total',
      'Events that were stored over an hour after they happened.',
      figures.late,
    ),
    counter('sojourn_events_dropped_total', 'Events that senders reported as given up.', figures.dropped),
    counter(
      'sojourn_requests_refused_total',
      'Requests to /v1/events that failed as a whole, by kind.',
      [...refused].map(([kind, value]) => ({ labels: { kind }, value })),
    ),
    counter(
      'sojourn_batches_skewed_total',
      'Batches of senders whose clock was plainly wrong.',
      figures.skewedBatches,
    ),
    gauge(
      'sojourn_sequence_gap_events',
      'Events that tabs numbered and that have not arrived, by source.',
      gaps.map(({ source, missing }) => ({ labels: labelsOf(source), value: missing })),
    ),
    gauge(
      'sojourn_sequence_gap_tabs',
      'Tabs of which events have not arrived, by source.',
      gaps.map(({ source, tabs }) => ({ labels: labelsOf(source), value: tabs })),
    ),
    histogramText('sojourn_commit_seconds', 'Time until events were durable.', figures.commits),
    counter('sojourn_commits_failed_total', 'Commits that the storage refused.', figures.failedCommits),
    gauge('sojourn_queued_events', 'Events whose commit has begun and not ended.', figures.queuedEvents),
    counter('sojourn_damage_total', 'Reads that met damaged data.', figures.damage?.count ?? 0),
    gauge('sojourn_live_streams', 'Readers of live streams.', figures.streams),
    gauge('sojourn_store_bytes', 'Size of the stored data.', figures.storedBytes),
    gauge('process_resident_memory_bytes', 'Resident memory of the process.', figures.memoryBytes),
    gauge('process_start_time_seconds', 'When the process began to count.', figures.since / 1_000),
  ].join('')
}

function toSamples(samples: number | readonly Sample[]): readonly Sample[] {
  return typeof samples === 'number' ? [{ value: samples }] : samples
}

/** Two sources may have one name, but no two lines may have the same labels. */
function labelsOf({ id, name }: SourceGaps['source']): Readonly<Record<string, string>> {
  return { source: id, ...(name !== undefined && { name }) }
}
