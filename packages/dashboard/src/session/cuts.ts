import type { RuleName, SessionObject } from '@sojourn/protocol'
import type { StoredEvent } from '../api/event.ts'

/** Where another definition begins a session inside this one. */
export interface Cut {
  /** Its session that begins here; absent where it is only known that one does. */
  readonly session?: string
  /** Absent where the sender decided. */
  readonly rule?: RuleName
  readonly gapMs?: number
}

/** The cuts by the id of the event before which they fall. */
export type Cuts = ReadonlyMap<string, Cut>

/** Where the sessions of another definition begin among these events, oldest first; the first of them is no cut. */
export function cutsOf(events: readonly StoredEvent[], sessions: readonly SessionObject[]): Cuts {
  const inside = new Set(events.slice(1).map(({ id }) => id))
  const cuts = new Map<string, Cut>()
  for (const { id, startReason, why } of sessions) {
    if (!why || !inside.has(why.start.event)) continue
    const { event, gapMs } = why.start
    cuts.set(event, {
      session: id,
      ...(startReason !== undefined && { rule: startReason as RuleName }),
      ...(gapMs !== undefined && { gapMs }),
    })
  }
  return cuts
}

/** Where the senders themselves began another session among these events: at each that came with another id than the one before. */
export function stampCuts(events: readonly StoredEvent[]): Cuts {
  const cuts = new Map<string, Cut>()
  let before: string | undefined
  for (const { id, session, passive } of events) {
    if (passive || session === undefined) continue
    if (before !== undefined && session.id !== before) cuts.set(id, { session: session.id })
    before = session.id
  }
  return cuts
}
