import type { EpochMs, RejectReason, Rejection } from '@sojourn/protocol'
import { REJECT_REASONS } from '@sojourn/protocol'
import type { Fact } from '../ingest/fact.ts'
import type { ProblemKind } from '../problem.ts'
import type { CommitOutcome } from '../store/store.ts'
import { createHistogram } from './histogram.ts'
import type { HistogramCounts } from './histogram.ts'

/** Counts what becomes of events, since the process began. All that it keeps is bounded. */
export interface IngestMeter {
  /** A batch that was answered with 200. */
  took(batch: TakenBatch): void
  /** A request that was answered with a problem. */
  refused(kind: ProblemKind): void
  /** A commit of so many events begins; to be called with whether it is durable when it ends. */
  committing(events: number): (isDurable: boolean) => void
  read(): IngestFigures
}

export interface TakenBatch {
  readonly sourceId: string
  readonly receivedAt: EpochMs
  readonly facts: readonly Fact[]
  readonly outcomes: readonly CommitOutcome[]
  readonly rejected: readonly Rejection[]
  readonly clockOffsetMs: number
  /** Events that the sender had to give up since its last batch. */
  readonly dropped: number
}

/** A refused event, for whoever looks for the cause. */
export interface RejectionExample extends Rejection {
  readonly sourceId: string
  readonly time: EpochMs
}

export interface IngestFigures {
  readonly since: EpochMs
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: Readonly<Record<RejectReason, number>>
  /** Per reason the last few, the latest first. */
  readonly examples: readonly RejectionExample[]
  readonly refused: ReadonlyMap<ProblemKind, number>
  /** Events that senders reported as given up. */
  readonly dropped: number
  /** Accepted events that came later than `LATE_MS` after they happened. */
  readonly late: number
  /** Batches of senders whose clock was plainly wrong. */
  readonly skewedBatches: number
  /** Events whose commit has begun and not ended. */
  readonly queuedEvents: number
  readonly failedCommits: number
  /** Durable commits, in seconds from the request's turn to the answer of the storage. */
  readonly commits: HistogramCounts
}

/** An event that comes later than this counts as late, in ms: longer than any visible page keeps one. */
export const LATE_MS = 60 * 60_000
const EXAMPLES_A_REASON = 3
const COMMIT_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** A meter that begins at 0. `clock` gives seconds that only grow. */
export function createIngestMeter(since: EpochMs, clock: () => number = secondsOfProcess): IngestMeter {
  const rejected = Object.fromEntries(REJECT_REASONS.map((reason) => [reason, 0])) as Record<
    RejectReason,
    number
  >
  const examples = new Map<RejectReason, RejectionExample[]>()
  const refused = new Map<ProblemKind, number>()
  const commits = createHistogram(COMMIT_BOUNDS)
  const counts = {
    accepted: 0,
    duplicates: 0,
    dropped: 0,
    late: 0,
    skewedBatches: 0,
    queuedEvents: 0,
    failedCommits: 0,
  }

  function reject(rejection: Rejection, { sourceId, receivedAt }: TakenBatch): void {
    const { reason } = rejection
    rejected[reason]++
    const latest = [{ ...rejection, sourceId, time: receivedAt }, ...(examples.get(reason) ?? [])]
    examples.set(reason, latest.slice(0, EXAMPLES_A_REASON))
  }

  return {
    took(batch) {
      const { facts, outcomes, receivedAt } = batch
      outcomes.forEach((outcome, i) => {
        if (outcome === 'duplicate') counts.duplicates++
        else {
          counts.accepted++
          if (receivedAt - facts[i]!.time > LATE_MS) counts.late++
        }
      })
      if (batch.clockOffsetMs !== 0) counts.skewedBatches++
      // A batch that is sent again, because its answer was lost, reports the same loss again.
      if (!outcomes.includes('duplicate')) counts.dropped += batch.dropped
      for (const rejection of batch.rejected) reject(rejection, batch)
    },
    refused: (kind) => void refused.set(kind, (refused.get(kind) ?? 0) + 1),
    committing(events) {
      const begun = clock()
      counts.queuedEvents += events
      return (isDurable) => {
        counts.queuedEvents -= events
        if (isDurable) commits.observe(clock() - begun)
        else counts.failedCommits++
      }
    },
    read: () => ({
      since,
      ...counts,
      rejected: { ...rejected },
      examples: [...examples.values()].flat(),
      refused: new Map(refused),
      commits: commits.read(),
    }),
  }
}

function secondsOfProcess(): number {
  return performance.now() / 1_000
}
