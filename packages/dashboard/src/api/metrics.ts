import type { Measures } from '@sojourn/protocol'

/** Sessions that lasted from `minDuration` to `maxDuration` seconds, both included; the last bar has no upper end. */
export interface DurationBar {
  readonly minDuration: number
  readonly maxDuration?: number
  readonly sessions: number
}

/** The answer of `GET /v1/metrics/durations`. */
export interface DurationsAnswer {
  readonly total: Measures
  readonly bars: readonly DurationBar[]
}

/** Sessions of the same values; each value stands under the name of the filter that finds it, and is absent where they have none. */
export type RankedGroup = Measures & Readonly<Record<string, string | number | null | undefined>>

/** The answer of `GET /v1/metrics/entries`, `exits`, `sources` and so on, largest first. */
export interface RankingAnswer {
  readonly total: Measures
  readonly rows: readonly RankedGroup[]
  /** There are smaller ones, too. */
  readonly more: boolean
}

/** Sessions in which a visit at `from` came before the first one at `to`. */
export type SourcePair = Measures & { readonly from: PairedSource; readonly to: PairedSource }

/** A source of a pair. */
export interface PairedSource {
  readonly id: string
  readonly name: string
  readonly type: string
}

/** The answer of `GET /v1/metrics/sources?pair=…`; only the `examined` latest sessions, from `examinedFrom` on, were read for it. */
export interface PairsAnswer {
  readonly total: Measures
  readonly rows: readonly SourcePair[]
  readonly examined: number
  /** ISO 8601; absent where all were. */
  readonly examinedFrom?: string
}

/** Sessions whose first, or last, pages are the same. */
export type RankedPath = Measures & { readonly steps: readonly string[] }

/** The answer of `GET /v1/metrics/paths?partial=true`; only the `examined` latest sessions, from `examinedFrom` on, were read for it. */
export interface PathsAnswer {
  readonly total: Measures
  readonly rows: readonly RankedPath[]
  readonly more: boolean
  readonly examined: number
  /** ISO 8601; absent where all were. */
  readonly examinedFrom?: string
}
