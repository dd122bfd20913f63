/** What a set of sessions amounts to. Rates are from 0 to 1; a mean or rate of no sessions is null. */
export interface Measures {
  readonly sessions: number
  readonly visitors: number
  readonly events: number
  readonly pageViews: number
  /** Seconds. */
  readonly meanDuration: number | null
  readonly bounceRate: number | null
  readonly points: number
  readonly conversions: number
  readonly conversionRate: number | null
}

/** One interval: ISO 8601, `to` not included, and what the sessions that began in it amount to. */
export interface IntervalMeasures extends Measures {
  readonly from: string
  readonly to: string
}

/** A period, whole and in intervals that follow one another without a hole. Absent where it is empty. */
export interface Series {
  readonly from?: string
  readonly to?: string
  readonly total: Measures
  readonly intervals: readonly IntervalMeasures[]
}

/** The period before another one. */
export interface PreviousSeries extends Series {
  /**
   * When the definition's first session of all began, whatever the filters, in ISO 8601. Only where that is later than `from`: then there is
   * nothing of a part of this period, and it compares with no whole one.
   */
  readonly coveredFrom?: string
}

/** The answer of `GET /v1/metrics/timeseries`. */
export interface Timeseries extends Series {
  readonly interval: string
  /** IANA time zone of the intervals. */
  readonly tz: string
  readonly previous?: PreviousSeries
}
