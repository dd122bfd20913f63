import { anchor, begin, extend, givenSessionId, nextVisitorId, whyOver } from '@sojourn/protocol'
import type { Arrival, SessionStamp, SessionState } from '@sojourn/protocol'
import type { Environment } from './environment.ts'
import type { KnownUser } from './known-user.ts'
import type { Config } from './options.ts'
import type { Shared, SharedState } from './shared-state.ts'
import type { Session } from './tracker.ts'

/** What an event carries of the visitor and the session in which it happened. */
export interface Stamp {
  readonly visitorId: string
  readonly userId?: string | undefined
  readonly session?: SessionStamp | undefined
}

/** Decides at each event in which session it happened. */
export interface SessionKeeper {
  /** The stamp of an event at this moment; a non-passive one extends the session or begins the next. */
  stamp(passive?: boolean, arrival?: Arrival): Stamp
  /** The open session; undefined when there is none. Changes nothing. */
  current(): Session | undefined
  /** Ends the open session and begins one, under the page's own id where given. */
  start(id?: string): void
  /** Ends the open session; the next event begins another. */
  end(): void
  /** Makes the user known; without an id, signs out. Another user than the known one is another visitor. */
  changeUser(userId?: string): void
}

export function createSessionKeeper(
  { now }: Environment,
  state: SharedState,
  { users, config }: { readonly users: KnownUser; readonly config: Config },
): SessionKeeper {
  /** The last stamp of this tab. */
  let latest: Stamp | undefined

  /** The session on the present clock, and why it is over. The state is read before the clock, so that it is not ahead. */
  function look({ session }: Partial<Shared>, arrival?: Arrival) {
    const at = now()
    const present = session && anchor(session, at)
    const rule = { timeoutMs: config.timeout, maxLengthMs: config.maxLength, ...arrival }
    return { at, present, reason: whyOver(present, at, rule) }
  }

  return {
    stamp(passive, arrival) {
      const shared = state.readOrCreate()
      const { visitorId, userMarker } = shared
      const { at, present, reason } = look(shared, arrival)
      let session = present
      if (passive && reason) {
        // Measured in the session that this tab last saw, or in none.
        if (latest?.visitorId === visitorId) return latest
        session = undefined
      } else if (!passive) {
        session = reason
          ? begin(present, at, { visitorId, reason, campaign: arrival?.campaign })
          : extend(present!, at)
        state.write({ ...shared, session })
      }
      return (latest = {
        visitorId,
        userId: users.idFor(userMarker),
        session: session && wireSession(session),
      })
    },
    current() {
      const { present, reason } = look(state.read() ?? {})
      return present && !reason ? { ...wireSession(present), lastActivity: present.lastActivity } : undefined
    },
    start(id) {
      const shared = state.readOrCreate()
      const { visitorId, session } = shared
      const given = id && givenSessionId(visitorId, `${id}`)
      state.write({ ...shared, session: begin(session, now(), { visitorId, reason: 'manual', id: given }) })
    },
    end() {
      const shared = state.read()
      if (shared?.session) state.write({ ...shared, session: { ...shared.session, over: 'manual' } })
    },
    changeUser(userId) {
      const shared = userId ? state.readOrCreate() : state.read()
      const userMarker = users.keep(userId)
      if (!shared || userMarker === shared.userMarker) return
      const { visitorId, session } = shared
      state.write({
        ...shared,
        userMarker,
        ...(shared.userMarker && {
          visitorId: nextVisitorId(visitorId, userMarker),
          session: session && { ...session, over: 'user' },
        }),
      })
    },
  }
}

/** What of a session is told to the collector. */
function wireSession({ id, number, startedAt, previousId, startReason }: SessionState) {
  return { id, number, startedAt, previousId, startReason }
}
