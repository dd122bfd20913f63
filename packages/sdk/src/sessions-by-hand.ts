import { BY_HAND, GIVEN, OVER, VISITOR, begin, derivedId } from '@sojourn/protocol'
import { PASSIVE } from './part.ts'
import type { Core } from './part.ts'
import type { Tracker } from './tracker.ts'

/** Gives the tracker's methods that begin and end sessions. */
export const createSessionsByHand = (core: Core): Pick<Tracker, 'startSession' | 'endSession'> => {
  return {
    /** The page's own id stays as it is, if a cookie can hold it. */
    startSession: (id) =>
      core._enter(() => {
        const state = begin(core._current(), Date.now(), BY_HAND)
        if (id) state[GIVEN] = /^[\w-]{1,36}$/.test(id) ? id : derivedId(state[VISITOR] + id)
        core._write(state)
      }, PASSIVE),
    endSession: () =>
      core._enter(() => {
        const state = core._current()
        state[OVER] = BY_HAND
        core._write(state)
      }, PASSIVE),
  }
}
