import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { diffTellings } from './diff-tellings.ts'
import { columnsOf, definitions, histories, rulesOf } from './histories.fixture.ts'
import type { Definition } from './definition.ts'
import type { PlainEvent } from './naive-telling.fixture.ts'
import type { Rules } from './compile-rules.ts'
import { IN_BOTH, IN_NEW, IN_OLD, retell } from './retell.ts'
import type { ChangedWindow } from './retell.ts'
import { tell } from './tell.ts'
import type { Telling } from './telling.ts'

/** A history, and which of its events come late (IN_NEW) or leave (IN_OLD). */
const changedHistories = histories.chain((history) =>
  fc.tuple(
    fc.constant(history),
    fc.array(fc.constantFrom(IN_BOTH, IN_BOTH, IN_BOTH, IN_BOTH, IN_BOTH, IN_BOTH, IN_NEW, IN_OLD), {
      minLength: history.length,
      maxLength: history.length,
    }),
  ),
)

const PLAIN: Definition = {
  name: 'any',
  scope: 'visitor',
  by: 'gap',
  timeoutMs: 30_000,
  splitOn: [],
  startEvents: [],
  endEvents: [],
  passiveEvents: [],
}

const EVENT: PlainEvent = {
  time: 0,
  name: 1,
  passive: false,
  source: 1,
  stamp: 0,
  campaign: 0,
  referrer: 0,
  user: 0,
  property: 0,
}

/** Short visits in which now and then an event brings a user or a value, and one event comes late. */
const changesOfUser = fc
  .array(fc.record({ user: fc.integer({ min: 0, max: 2 }), property: fc.integer({ min: 0, max: 2 }) }), {
    minLength: 1,
    maxLength: 7,
  })
  .chain((drafts) =>
    fc.tuple(
      fc.constant(drafts.map((draft, i): PlainEvent => ({ ...EVENT, ...draft, time: i * 1_000 }))),
      fc.nat({ max: drafts.length - 1 }).map((late) => drafts.map((_, i) => (i === late ? IN_NEW : IN_BOTH))),
    ),
  )

/** What is stored of a telling: each event's session, by a name that does not depend on the window it was told in. */
function stored(telling: Telling, rows: readonly number[]) {
  const name = (session: number) =>
    telling.stamp[session] === 0
      ? `row ${rows[telling.firstRow[session]!]}`
      : `stamp ${telling.stamp[session]}`
  return {
    sessionOf: new Map(
      rows.map((row, i) => [row, telling.sessionOf[i] === -1 ? undefined : name(telling.sessionOf[i]!)]),
    ),
    name,
  }
}

/** The last row before the first change that began a session when it was told; 0 where there is none. */
function safeRow(rules: Rules, history: readonly PlainEvent[], presence: readonly number[]): number {
  const rows = history.map((_, row) => row).filter((row) => presence[row]! & IN_OLD)
  const old = stored(tell(rules, columnsOf(rows.map((row) => history[row]!))), rows).sessionOf
  const change = presence.findIndex((each) => each !== IN_BOTH)
  const isActive = (row: number) => !history[row]!.passive && !rules.passiveNames.has(history[row]!.name)
  let safe = 0
  let previous: string | undefined
  for (const row of rows.filter((each) => each < change && isActive(each) && old.get(each) !== undefined)) {
    if (previous !== undefined && old.get(row) !== previous) safe = row
    previous = old.get(row)
  }
  return safe
}

/** Changes what is stored as the retelling of a window says, and compares it with a rebuild. */
function expectRebuild(
  history: readonly PlainEvent[],
  presence: readonly number[],
  { definition, pick }: { readonly definition: Definition; readonly pick: number },
): void {
  const rules = rulesOf(definition)
  const from = safeRow(rules, history, presence)
  const length = pick % (history.length - from + 1)
  const windowOf = (to: number): ChangedWindow => ({
    events: columnsOf(history.slice(from, to)),
    presence: Uint8Array.from(presence.slice(from, to)),
    isWhole: to === history.length,
    fromFirst: from === 0,
  })
  // A window that is cut right after the last change, as a store would ask for it first; then a longer one.
  const lastChange = presence.findLastIndex((each) => each !== IN_BOTH)
  let retelling = retell(rules, windowOf(Math.max(lastChange + 1, from + length)))
  if (retelling.settledRow === -1) retelling = retell(rules, windowOf(history.length))
  expect(retelling.settledRow).not.toBe(-1)

  const rowsIn = (bit: number) => history.map((_, row) => row).filter((row) => presence[row]! & bit)
  const whole = (bit: number) => {
    const rows = rowsIn(bit)
    const telling = tell(rules, columnsOf(rows.map((row) => history[row]!)))
    return { telling, ...stored(telling, rows) }
  }
  const old = whole(IN_OLD)
  const now = whole(IN_NEW)
  const windowRows = history.map((_, row) => row).slice(from)
  const nameOf = (telling: Telling, session: number) => stored(telling, windowRows).name(session)

  // Apply the changes to what was stored, and compare with a rebuild.
  const sessionOf = new Map(old.sessionOf)
  const changes = diffTellings(retelling)
  for (const { before, lost } of changes)
    for (const row of lost) {
      expect(sessionOf.get(row + from)).toBe(nameOf(retelling.before, before))
      sessionOf.delete(row + from)
    }
  for (const { after, gained } of changes)
    for (const row of gained) {
      expect(sessionOf.get(row + from)).toBeUndefined()
      sessionOf.set(row + from, nameOf(retelling.after, after))
    }
  for (const row of rowsIn(IN_NEW)) expect(sessionOf.get(row)).toBe(now.sessionOf.get(row))
  for (const row of rowsIn(IN_OLD)) if (!(presence[row]! & IN_NEW)) expect(sessionOf.get(row)).toBeUndefined()
}

describe('retell', () => {
  test.prop([changedHistories, definitions, fc.nat()], { numRuns: 4_000 })(
    'changes a window into what a rebuild would tell',
    ([history, presence], definition, pick) => expectRebuild(history, presence, { definition, pick }),
  )

  test.prop([changesOfUser, fc.nat()], { numRuns: 1_000 })(
    'follows a user or a value for as long as it matters',
    ([history, presence], pick) =>
      expectRebuild(history, presence, {
        definition: { ...PLAIN, splitOn: ['user'], property: 'properties.id' },
        pick,
      }),
  )

  test.prop([changedHistories, definitions], { numRuns: 2_000 })(
    'lists each session whose reasons change',
    ([history, presence], definition) => {
      const rules = rulesOf(definition)
      const from = safeRow(rules, history, presence)
      const events = columnsOf(history.slice(from))
      const window = {
        events,
        presence: Uint8Array.from(presence.slice(from)),
        isWhole: true,
        fromFirst: from === 0,
      }
      const retelling = retell(rules, window)
      const changed = new Set(diffTellings(retelling).map(({ after }) => after))
      const reasons = (bit: number) => {
        const rows = history.map((_, row) => row).filter((row) => presence[row]! & bit)
        const telling = tell(rules, columnsOf(rows.map((row) => history[row]!)))
        const { name } = stored(telling, rows)
        return new Map(
          Array.from({ length: telling.sessions }, (_, session) => [
            name(session),
            [
              telling.startRule[session],
              telling.startGapMs[session],
              rows[telling.firstRow[session]!],
              telling.endRule[session],
              rows[telling.endRow[session]!],
              telling.endGapMs[session],
            ],
          ]),
        )
      }
      const [old, now] = [reasons(IN_OLD), reasons(IN_NEW)]
      const { name } = stored(retelling.after, history.map((_, row) => row).slice(from))
      for (let session = 0; session < retelling.after.sessions; session++) {
        if (changed.has(session)) continue
        expect(now.get(name(session))).toEqual(old.get(name(session)))
      }
    },
  )

  test('a late event in a long session is settled at once', () => {
    const history = Array.from({ length: 1_000 }, (_, i) => ({ ...EVENT, time: i * 1_000 }))
    const rules = rulesOf(PLAIN)
    const presence = new Uint8Array(1_000).fill(IN_BOTH)
    presence[10] = IN_NEW
    const retelling = retell(rules, { events: columnsOf(history), presence, isWhole: true, fromFirst: true })
    expect(retelling.settledRow).toBe(12)
    expect(diffTellings(retelling)).toEqual([{ before: 0, after: 0, gained: [10], lost: [] }])
  })
})
