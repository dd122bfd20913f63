import type { SessionObject } from '@sojourn/protocol'

/** The answer of `GET /v1/sessions`. */
export interface SessionsPage {
  readonly sessions: readonly SessionObject[]
  readonly next: string | null
}
