/** A site, app or sender with a write key of its own, as `GET /v1/sources` answers it. */
export interface Source {
  readonly id: string
  readonly name: string
  /** `marketing`, `product`, or an asset class such as `docs`, `help`, `email`. */
  readonly type: string
  /** Origins that may send; empty: any. */
  readonly origins: readonly string[]
  /** Absent for those who may only read: who knows it can send. */
  readonly writeKey?: string
}

/** The answer of `GET /v1/sources`. */
export interface SourcesAnswer {
  readonly sources: readonly Source[]
}

/** The types offered first; any other word will do, too. */
export const KNOWN_TYPES = ['product', 'marketing', 'docs', 'help', 'blog', 'email'] as const
