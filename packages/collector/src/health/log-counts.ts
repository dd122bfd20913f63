import type { Logger } from 'pino'
import type { IngestFigures, IngestMeter } from './ingest-meter.ts'

const MINUTE_MS = 60_000

/** What a line of counts holds: numbers alone, so that nothing of a sender's can be in it. */
export interface MinuteCounts {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  readonly refusedRequests: number
  readonly dropped: number
  readonly commits: number
  readonly failedCommits: number
  /** Now, not in this minute. */
  readonly queuedEvents: number
}

/** Logs once a minute what became of events in it. Returns how to stop. */
export function startCountsLog(meter: Pick<IngestMeter, 'read'>, log: Logger): () => void {
  let before = totals(meter.read())
  const timer = setInterval(() => {
    const figures = meter.read()
    const now = totals(figures)
    const counts = Object.fromEntries(
      Object.entries(now).map(([name, total]) => [name, total - before[name as keyof typeof now]]),
    )
    log.info({ ...counts, queuedEvents: figures.queuedEvents }, 'counts of a minute')
    before = now
  }, MINUTE_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function totals(figures: IngestFigures): Omit<MinuteCounts, 'queuedEvents'> {
  const { accepted, duplicates, dropped, failedCommits } = figures
  return {
    accepted,
    duplicates,
    rejected: sum(Object.values(figures.rejected)),
    refusedRequests: sum(figures.refused.values()),
    dropped,
    commits: figures.commits.count,
    failedCommits,
  }
}

function sum(counts: Iterable<number>): number {
  let all = 0
  for (const count of counts) all += count
  return all
}
