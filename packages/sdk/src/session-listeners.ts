import { attempt } from './attempt.ts'
import type { Session, Tracker } from './tracker.ts'

/** Gives what to do with each new session, and the tracker's method for who wants to hear of them. */
export const createSessionListeners = () => {
  const listeners = new Set<(session: Session) => void>()

  /** One that throws does not stop the others. */
  const tellListeners = (session: Session): void => {
    for (const listener of listeners) attempt(() => listener(session))
  }

  const methods: Pick<Tracker, 'onSession'> = {
    onSession(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  return [tellListeners, methods] as const
}
