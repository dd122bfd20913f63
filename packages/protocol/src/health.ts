import type { RejectReason, Rejection } from './reject-reason.ts'

/** A source that a figure is about; the name is absent once the source is removed. */
export interface HealthSource {
  readonly id: string
  readonly name?: string
}

/** What has not arrived of a source's events. */
export interface SourceGaps {
  readonly source: HealthSource
  readonly tabs: number
  readonly missing: number
}

/** An event that was refused, as an example of its reason. */
export interface RejectionExample extends Rejection {
  readonly source: HealthSource
  readonly time: string
}

/** The answer of `GET /v1/health`: figures since the collector started, and what it holds now. Times are ISO 8601. */
export interface Health {
  readonly since: string
  readonly events: {
    readonly accepted: number
    readonly duplicates: number
    readonly late: number
    readonly dropped: number
    readonly rejected: Readonly<Partial<Record<RejectReason, number>>>
  }
  readonly rejections: readonly RejectionExample[]
  /** By the kind of problem that was answered. */
  readonly refusedRequests: Readonly<Record<string, number>>
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
