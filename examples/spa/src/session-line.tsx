import { useEffect, useState } from 'preact/hooks'
import { tracker } from './tracker.ts'

/** The running session, kept current by `onSession`, which also hears of sessions that other tabs begin. */
export function SessionLine() {
  const [session, setSession] = useState(tracker.session())
  useEffect(() => tracker.onSession(setSession), [])
  if (!session) return null
  return (
    <footer>
      Session {session.number}, began by {session.startReason}
    </footer>
  )
}
