import {
  GIVEN,
  MARKER,
  OVER,
  USER_CHANGED,
  VISITOR,
  derivedId,
  sessionStamp,
  shortHash,
} from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import { PASSIVE } from './part.ts'
import type { Core } from './part.ts'
import { USER_KEY } from './session-keeper.ts'
import type { TextStorage } from './storage.ts'
import type { Tracker } from './tracker.ts'

/** What the collector takes for a user id: neither control characters nor lone surrogates. */
const USER_ID = /^[^\p{Cc}\p{Cs}]{1,128}$/u

/** Gives the tracker's methods that say who the visitor is. */
export const createKnownUser = (core: Core, storage: TextStorage): Pick<Tracker, 'identify' | 'reset'> => {
  /**
   * Makes the user known; without an id, signs out. Another user than the known one is another visitor, derived, so that all tabs
   * come to the same.
   */
  const change = (id = ''): void => {
    const state = core._current()
    const marker = id && shortHash(id)
    const known = state[MARKER]
    core._user = id
    attempt(() => (storage[USER_KEY] = id))
    if (marker === known) return
    state[MARKER] = marker
    if (known) {
      state[GIVEN] = sessionStamp(state)?.id ?? ''
      state[OVER] = USER_CHANGED
      state[VISITOR] = derivedId(state[VISITOR] + known + marker)
    }
    core._write(state)
  }

  return {
    identify(userId, traits) {
      const id = `${userId}`
      if (/string|number/.test(typeof userId) && USER_ID.test(id)) {
        core._enter(() => change(id), 0)
        core._record('identify', { traits })
      }
    },
    reset: () => core._enter(change, PASSIVE),
  }
}
