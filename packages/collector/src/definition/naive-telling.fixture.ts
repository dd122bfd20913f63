import type { Definition } from './definition.ts'
import type { RuleName } from '@sojourn/protocol'

/** An event with numbers for texts; 0 stands for none. */
export interface PlainEvent {
  readonly time: number
  readonly name: number
  readonly passive: boolean
  readonly source: number
  readonly stamp: number
  readonly campaign: number
  readonly referrer: number
  readonly user: number
  readonly property: number
}

/** A session as lists of rows. */
export interface NaiveSession {
  stamp: number
  rows: number[]
  passiveRows: number[]
  startRule: RuleName
  startGapMs: number
  endRule: RuleName | undefined
  endRow: number
  endGapMs: number
}

/** What the texts of a definition mean for plain events. */
export interface Texts {
  readonly names: readonly string[]
  readonly sources: readonly { readonly id: string; readonly name: string; readonly type: string }[]
}

/**
 * The pseudo-code of the design, read as literally as possible, over lists: the oracle that the fast teller is held against.
 * Everything about a session is found again from its list of rows each time.
 */
export function tellNaively(
  definition: Definition,
  events: readonly PlainEvent[],
  texts: Texts,
): NaiveSession[] {
  const sessions: NaiveSession[] = []
  let open: NaiveSession | undefined
  // Where the open session was last opened: one that a sender goes back to is looked at from there on.
  let openRow = 0
  let isClosed = true
  const named = (list: readonly string[], event: PlainEvent) => list.includes(texts.names[event.name - 1]!)
  const dateOf = (time: number) =>
    new Date(time).toLocaleDateString('en-CA', { timeZone: definition.dayBoundary ?? 'UTC' })

  events.forEach((event, row) => {
    const source = texts.sources[event.source - 1]!
    if (
      definition.sources &&
      !definition.sources.includes(source.id) &&
      !definition.sources.includes(source.name)
    )
      return
    if (definition.sourceTypes && !definition.sourceTypes.includes(source.type)) return
    const stamp = definition.by === 'client' ? event.stamp : 0
    const stamped = () => {
      let session = sessions.find((each) => stamp !== 0 && each.stamp === stamp)
      if (!session) sessions.push((session = newSession(stamp)))
      return session
    }
    const run: PlainEvent[] = open
      ? open.rows.filter((each) => each >= openRow).map((each) => events[each]!)
      : []
    const gapMs = run.length > 0 ? event.time - run.at(-1)!.time : NaN

    if (event.passive || named(definition.passiveEvents, event)) {
      if (stamp !== 0) stamped().passiveRows.push(row)
      else if (!isClosed && gapMs < definition.timeoutMs) open!.passiveRows.push(row)
      return
    }

    const first = run[0]
    const known = (key: 'user' | 'property') => run.map((each) => each[key]).filter((each) => each !== 0)
    const brings = (key: 'user' | 'property' | 'campaign' | 'referrer', own: number | undefined) =>
      event[key] !== 0 && own !== undefined && event[key] !== own
    const says: [RuleName, boolean][] = [
      ['first', !open],
      ['client', stamp !== 0],
      ['end-event', isClosed],
      ['timeout', gapMs >= definition.timeoutMs],
      [
        'max-length',
        definition.maxLengthMs !== undefined && event.time - (first?.time ?? 0) >= definition.maxLengthMs,
      ],
      ['max-events', definition.maxEvents !== undefined && run.length >= definition.maxEvents],
      ['day', definition.dayBoundary !== undefined && dateOf(event.time) !== dateOf(first?.time ?? 0)],
      ['start-event', named(definition.startEvents, event)],
      ['user', definition.splitOn.includes('user') && brings('user', known('user').at(-1))],
      ['campaign', definition.splitOn.includes('campaign') && brings('campaign', first?.campaign)],
      ['referrer', definition.splitOn.includes('referrer') && brings('referrer', first?.referrer)],
      ['property', definition.property !== undefined && brings('property', known('property')[0])],
    ]
    const rule: RuleName | undefined = stamp === 0 ? says.find(([, yes]) => yes)?.[0] : 'client'
    const joins = stamp === 0 ? rule === undefined : !isClosed && open?.stamp === stamp
    if (!joins) {
      if (open && open.endRule === undefined)
        Object.assign(open, { endRule: rule, endRow: row, endGapMs: gapMs })
      if (stamp === 0) sessions.push((open = newSession(0)))
      else open = stamped()
      Object.assign(open, { endRule: undefined, endRow: -1, endGapMs: NaN })
      if (open.rows.length === 0) Object.assign(open, { startRule: rule, startGapMs: gapMs })
      openRow = row
      isClosed = false
    }
    open!.rows.push(row)
    if (named(definition.endEvents, event)) {
      isClosed = true
      Object.assign(open!, { endRule: 'end-event', endRow: row, endGapMs: 0 })
    }
  })
  return sessions
}

function newSession(stamp: number): NaiveSession {
  return {
    stamp,
    rows: [],
    passiveRows: [],
    startRule: 'client',
    startGapMs: NaN,
    endRule: undefined,
    endRow: -1,
    endGapMs: NaN,
  }
}
