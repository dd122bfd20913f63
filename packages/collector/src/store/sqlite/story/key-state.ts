import type { EpochMs } from '@sojourn/protocol'
import type { Rules } from '../../../definition/compile-rules.ts'
import { createOpenSession, createStep } from '../../../definition/step.ts'
import type { OpenSession } from '../../../definition/step.ts'
import { compareEvents } from '../../../session/event-order.ts'
import type { EventRef } from '../../../session/event-order.ts'
import type { Identity } from '../identities.ts'
import { inOrder, refOf } from './fact-order.ts'
import type { FactsReader } from './facts-reader.ts'
import type { PackedEvents } from './packed-events.ts'
import type { RowSession } from './row-session.ts'
import type { RowSessions } from './row-sessions.ts'
import type { ToColumns } from './rule-columns.ts'
import type { SessionStarts } from './session-starts.ts'
import type { ToldEvents } from './told-events.ts'

/** Where the telling of a key stands. */
export interface KeyState {
  readonly open: OpenSession
  /** Of the key's last event, or of a time at which all of them have been. */
  last: EventRef | undefined
  /** Of its last session; 0 before the first. */
  sessionRow: number
  /** True where an event has ended that session. */
  isEnded: boolean
  /** That session, while it goes on here. */
  session: RowSession | undefined
}

/** Finds where a key stands whose next event is of a time. All that is told of it must be written. */
export type LoadKey = (owner: Identity, next: EpochMs) => KeyState

const ALL = 2 ** 31

/** Over what is told already. */
export function createLoadKey(
  rules: Rules,
  {
    rows,
    told,
    packed,
    facts,
    starts,
    toColumns,
  }: {
    readonly rows: RowSessions
    readonly told: ToldEvents
    readonly packed: PackedEvents
    readonly facts: FactsReader
    readonly starts: SessionStarts
    readonly toColumns: ToColumns
  },
): LoadKey {
  const step = createStep(rules)
  const { timeoutMs } = rules
  const readsTexts =
    rules.splitOnUser || rules.splitOnCampaign || rules.splitOnReferrer || rules.splitOnProperty

  /** Of rows alone, without any event; undefined where these do not tell enough. */
  function ofRows(owner: Identity, next: EpochMs): KeyState | undefined {
    const latest = told.latestOfKey(owner.row)
    const isPacked = packed.has(owner.row)
    if (latest === undefined && !isPacked) return stateAt(undefined)
    if (isPacked && packed.hasOutside(owner.row)) return undefined
    const start = starts.last(owner.row)
    const packedLatest = isPacked && start ? packed.latestOf(owner.row, start.row) : undefined
    const last = Math.max(latest ?? -Infinity, packedLatest ?? -Infinity)
    if (last >= next) return undefined
    if (!start) return isPacked ? undefined : stateAt(last)
    const isOpen = start.isEnded === 0
    const lastActive = isOpen ? start.endsAt - timeoutMs : start.endsAt
    const isOver = next - lastActive >= timeoutMs
    if (!isOver && readsTexts) return undefined
    const state = stateAt(Math.max(last, lastActive), start.row)
    Object.assign(state.open, { isOpen, hadSession: true, lastActive, start: start.time })
    state.isEnded = !isOpen
    if (isOver) return state
    state.session = rows.read(start.row)
    state.open.events = state.session.events
    if (rules.localDay !== undefined) state.open.day = rules.localDay(start.time)
    return state
  }

  /** What is open after the key's last session: its events tell, whatever came before. */
  function ofEvents(owner: Identity): KeyState {
    packed.unpack(owner.row)
    const last = inOrder(told.lastOfKey(owner.row).map((row) => facts.read(row))).at(-1)
    const state: KeyState = { ...stateAt(undefined), last: last && refOf(last) }
    const start = last && starts.last(owner.row)
    if (!start) return state
    const entry = { time: start.time, id: start.id }
    const since = inOrder(
      told
        .ofKey(owner.row, entry.time, ALL)
        .map((row) => facts.read(row))
        .filter((stored) => compareEvents(refOf(stored), entry) >= 0),
    )
    const columns = toColumns(since)
    since.forEach((_, i) => step(state.open, columns, i))
    state.sessionRow = start.row
    state.isEnded = start.isEnded === 1
    return state
  }

  return (owner, next) => ofRows(owner, next) ?? ofEvents(owner)
}

/** A key without an open session, whose events are all of a time or earlier. */
function stateAt(last: EpochMs | undefined, sessionRow = 0): KeyState {
  return {
    open: createOpenSession(),
    last: last === undefined ? undefined : { time: last, id: '' },
    sessionRow,
    isEnded: false,
    session: undefined,
  }
}
