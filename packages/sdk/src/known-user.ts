import { shortHash } from '@sojourn/protocol'
import type { Environment } from './environment.ts'

/** The key of the known user's id in `localStorage`. */
export const USER_KEY = 'sj_u'

/** The id of the known user. All tabs know of it by a marker in the visitor cookie; the id itself is in `localStorage`. */
export interface KnownUser {
  /** The user id that this marker stands for; undefined where only another sub-domain knows it. */
  idFor(marker: string | undefined): string | undefined
  /** Keeps the id, or forgets it. Returns its marker. */
  keep(userId?: string): string | undefined
}

export function createKnownUser({ load, save }: Environment): KnownUser {
  let known: string | undefined
  let knownMarker: string | undefined
  function learn(userId?: string) {
    known = userId
    return (knownMarker = userId && shortHash(userId))
  }
  return {
    idFor(marker) {
      if (marker !== knownMarker) learn(load(USER_KEY) || undefined)
      return marker === knownMarker ? known : undefined
    },
    keep(userId) {
      save(USER_KEY, userId)
      return learn(userId)
    },
  }
}
