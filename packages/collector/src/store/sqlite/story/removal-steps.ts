import type { EpochMs } from '@sojourn/protocol'
import type { Removed } from '../remove-events.ts'

/** Removing events, in steps that keep nobody waiting. */
export interface RemovalSteps {
  /** As `RemoveEvents` does. */
  removeEvents(rows: readonly number[], forGood: boolean): Promise<Removed>
  /** Rows of events that are older than a time, and of whose session every event is: those of up to so many sessions. Empty when there are no more. */
  oldEvents(before: EpochMs, sessions: number): Promise<readonly number[]>
  /** Removes those of these contexts that no event has; resolves to how many. */
  sweepContexts(rows: readonly number[]): Promise<number>
  /** Lets go of what is remembered of rows that were removed: others may be stored in them. */
  forgetRemoved(): void
}

/** What of them removes. */
export type Remover = Pick<RemovalSteps, 'removeEvents' | 'sweepContexts'>

const EVENTS_A_STEP = 500
/** Ingest has at least this share of the time while events are removed. */
const WORK_SHARE = 0.5

/** Removes events in short transactions, and then the contexts that only they had. */
export async function removeInSteps(
  store: Remover,
  rows: readonly number[],
  forGood: boolean,
): Promise<Removed> {
  const step = await removeStep(store, rows, forGood)
  await store.sweepContexts(step.contexts)
  return step
}

/** After each transaction it waits for as long as that took, so that events that arrive are stored meanwhile. */
export async function removeStep(
  store: Remover,
  rows: readonly number[],
  forGood: boolean,
): Promise<Removed> {
  const contexts = new Set<number>()
  let events = 0
  let sessions = 0
  for (let at = 0; at < rows.length; at += EVENTS_A_STEP) {
    const began = performance.now()
    const removed = await store.removeEvents(rows.slice(at, at + EVENTS_A_STEP), forGood)
    events += removed.events
    sessions += removed.sessions
    for (const context of removed.contexts) contexts.add(context)
    const tookMs = performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, (tookMs * (1 - WORK_SHARE)) / WORK_SHARE))
  }
  return { events, sessions, contexts: [...contexts] }
}
