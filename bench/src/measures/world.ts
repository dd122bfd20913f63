import type { Collector } from '../process/collector.ts'
import type { Load } from '../load/load.ts'

/** What every measure works with: one collector under one load, for the whole run, so that what it stores grows from measure to measure. */
export interface World {
  readonly collector: Collector
  /** Its database file. */
  readonly file: string
  readonly load: Load
  /** How often each thing is measured; the median counts. */
  readonly rounds: number
  /** One line for whoever waits. */
  readonly say: (line: string) => void
}

/** Connections that send batches. All together they have 1,000 events under way, as many as the bare appends put into one transaction. */
export const BATCH_CONNECTIONS = 40
/**
 * Connections that send single events, to ours and to the baseline alike. Each has at most one request under way; so many keep both busy while
 * ours waits for the disk, which the other does not have to.
 */
export const SINGLE_CONNECTIONS = 192
/** Events in a batch. */
export const BATCH_EVENTS = 25

/** What the collector can take at most, per second. */
export interface Capacity {
  readonly batchesPerSecond: number
  readonly singlesPerSecond: number
}
