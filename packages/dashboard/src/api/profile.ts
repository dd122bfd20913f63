import type { JsonObject } from '@sojourn/protocol'

/** A person as `GET /v1/profiles` lists one. Times are ISO 8601; figures are those of the sessions under `cross-property`. */
export interface ProfileSummary {
  readonly id: string
  /** Absent while anonymous. */
  readonly userId?: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly sessions: number
  readonly events: number
  /** Whole seconds, summed. */
  readonly duration: number
  readonly points: number
}

/** The answer of `GET /v1/profiles`. */
export interface ProfilesAnswer {
  readonly profiles: readonly ProfileSummary[]
  readonly next: string | null
}

/** A browser that a person used. */
export interface ProfileVisitor {
  readonly id: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly events: number
}

/** The answer of `GET /v1/profiles/:id`. */
export interface Profile extends ProfileSummary {
  readonly visitors: readonly ProfileVisitor[]
  readonly traits: JsonObject
}

/** The answer of `DELETE /v1/profiles/:id`: what went. */
export interface Erased {
  readonly events: number
  readonly sessions: number
  readonly visitors: number
}

/** How a person is named: the user id, else the beginning of the profile's. */
export function profileWords({ id, userId }: Pick<ProfileSummary, 'id' | 'userId'>): string {
  return userId ?? `Anonymous ${id.slice(0, 8)}`
}
