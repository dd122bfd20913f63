import type { RejectReason } from '@sojourn/protocol'

/** A source that a figure is about; the name is absent once the source is removed. */
export interface HealthSource {
  readonly id: string
  readonly name?: string
}

/** An event that was refused, as an example of its reason. */
export interface RejectionExample {
  readonly id?: string
  readonly reason: RejectReason
  readonly message: string
  readonly source: HealthSource
  /** ISO 8601. */
  readonly time: string
}

/** The answer of `GET /v1/health`: figures since the collector started, and what it holds now. */
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
  readonly refusedRequests: Readonly<Record<string, number>>
  readonly skewedBatches: number
  readonly sequenceGaps: readonly {
    readonly source: HealthSource
    readonly tabs: number
    readonly missing: number
  }[]
  readonly commits: {
    readonly count: number
    readonly failed: number
    readonly queuedEvents: number
    readonly p50Ms?: number
    readonly p99Ms?: number
  }
  readonly storedBytes: number
  readonly memoryBytes: number
  readonly streams: number
  readonly damage?: { readonly count: number; readonly lastAt: string; readonly last: string }
}
