import { test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { addComparisons, compareTellings } from './compare-tellings.ts'
import type { Definition } from './definition.ts'
import { NAMES, SOURCES, columnsOf, definitions, histories, rulesOf } from './histories.fixture.ts'
import { tellNaively } from './naive-telling.fixture.ts'
import type { PlainEvent } from './naive-telling.fixture.ts'
import { tell, tellKeys } from './tell.ts'

const PLAIN: Definition = {
  name: 'any',
  scope: 'visitor',
  by: 'gap',
  timeoutMs: 60_000,
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

function compare(history: readonly PlainEvent[], a: Definition, b: Definition, maxExamples = 100) {
  const events = columnsOf(history)
  return compareTellings(events, [tell(rulesOf(a), events), tell(rulesOf(b), events)], maxExamples)
}

describe('compareTellings', () => {
  test.prop([histories, definitions, definitions], { numRuns: 1_000 })(
    'counts what lists of rows show',
    (history, a, b) => {
      const [mine, theirs] = [a, b].map((each) =>
        tellNaively(each, history, { names: NAMES, sources: SOURCES }).filter(({ rows }) => rows.length > 0),
      )
      const everywhere = (sessions: typeof mine) =>
        sessions!.map(({ rows, passiveRows }) => new Set([...rows, ...passiveRows]))
      const differences = (own: typeof mine, others: readonly ReadonlySet<number>[]) =>
        own!.map(({ rows }) => ({
          into: others.filter((other) => rows.some((row) => other.has(row))).length,
          isPartlyOut: rows.some((row) => !others.some((other) => other.has(row))),
        }))
      const [inMine, inTheirs] = [
        everywhere(tellNaively(a, history, { names: NAMES, sources: SOURCES })),
        everywhere(tellNaively(b, history, { names: NAMES, sources: SOURCES })),
      ]
      const allOf = (each: Definition) => tellNaively(each, history, { names: NAMES, sources: SOURCES })
      const isIn = (
        rows: readonly number[],
        { rows: active, passiveRows }: ReturnType<typeof allOf>[number],
      ) => rows.length > 0 && rows.every((row) => active.includes(row) || passiveRows.includes(row))
      const comparison = compare(history, a, b)
      expect(comparison).toMatchObject({
        same: mine!.filter((own) => allOf(b).some((other) => isIn(own.rows, other) && isIn(other.rows, own)))
          .length,
        split: differences(mine, inTheirs).filter(({ into }) => into > 1).length,
        merged: differences(theirs, inMine).filter(({ into }) => into > 1).length,
        onlyFirst: differences(mine, inTheirs).filter(({ isPartlyOut }) => isPartlyOut).length,
        onlySecond: differences(theirs, inMine).filter(({ isPartlyOut }) => isPartlyOut).length,
      })
      const side = (sessions: typeof mine) => ({
        sessions: sessions!.length,
        bounces: sessions!.filter(({ rows }) => rows.length === 1).length,
        totalDurationMs: sessions!.reduce(
          (sum, { rows }) => sum + history[rows.at(-1)!]!.time - history[rows[0]!]!.time,
          0,
        ),
      })
      expect([comparison.first, comparison.second]).toEqual([side(mine), side(theirs)])
      for (const { into, cuts } of comparison.examples) {
        expect(cuts).toHaveLength(into - 1)
        const rows = cuts.map(({ row }) => row)
        expect(rows).toEqual(rows.toSorted((x, y) => x - y))
      }
    },
  )

  test.prop([histories, definitions])(
    'a definition differs in nothing from itself',
    (history, definition) => {
      const { first, same, split, merged, onlyFirst, onlySecond, examples } = compare(
        history,
        definition,
        definition,
      )
      expect({ same, split, merged, onlyFirst, onlySecond, examples }).toEqual({
        same: first.sessions,
        split: 0,
        merged: 0,
        onlyFirst: 0,
        onlySecond: 0,
        examples: [],
      })
    },
  )

  test.prop([histories, histories, definitions, definitions], { numRuns: 300 })(
    'adds up over persons',
    (one, other, a, b) => {
      const mixed = [
        ...one.map((event) => ({ event, key: 1 })),
        ...other.map((event) => ({ event, key: 2 })),
      ].sort((x, y) => x.event.time - y.event.time)
      const events = columnsOf(mixed.map(({ event }) => event))
      const keys = Int32Array.from(mixed, ({ key }) => key)
      const both = compareTellings(
        events,
        [tellKeys(rulesOf(a), events, keys), tellKeys(rulesOf(b), events, keys)],
        0,
      )
      expect(addComparisons(compare(one, a, b, 0), compare(other, a, b, 0), 0)).toEqual(both)
    },
  )

  test('says which rule cut, at which event, after what gap', () => {
    const history = [0, 10_000, 100_000, 110_000, 400_000].map((time) => ({ ...EVENT, time }))
    history[3] = { ...history[3]!, name: NAMES.indexOf('login') + 1 }
    const byLogin = { ...PLAIN, timeoutMs: 3_600_000, startEvents: ['login'] }
    expect(compare(history, PLAIN, byLogin)).toMatchObject({ same: 0, split: 1, merged: 2 })
    expect(compare(history, PLAIN, byLogin).examples).toEqual([
      {
        kind: 'split',
        firstRow: 2,
        lastRow: 3,
        events: 2,
        into: 2,
        cuts: [{ row: 3, rule: 'start-event', gapMs: 10_000 }],
      },
      {
        kind: 'merged',
        firstRow: 0,
        lastRow: 2,
        events: 3,
        into: 2,
        cuts: [{ row: 2, rule: 'timeout', gapMs: 90_000 }],
      },
      {
        kind: 'merged',
        firstRow: 3,
        lastRow: 4,
        events: 2,
        into: 2,
        cuts: [{ row: 4, rule: 'timeout', gapMs: 290_000 }],
      },
    ])
    expect(compare(history, PLAIN, byLogin, 1).examples).toHaveLength(2)
  })

  test('shows two devices of one person joined', () => {
    const history = [0, 1_000, 2_000, 3_000].map((time) => ({ ...EVENT, time }))
    const events = columnsOf(history)
    const perDevice = tellKeys(rulesOf(PLAIN), events, Int32Array.from([1, 2, 1, 2]))
    const comparison = compareTellings(events, [perDevice, tell(rulesOf(PLAIN), events)], 5)
    expect(comparison).toMatchObject({
      first: { sessions: 2 },
      second: { sessions: 1 },
      same: 0,
      split: 0,
      merged: 1,
    })
    expect(comparison.examples[0]!.cuts).toEqual([{ row: 1, rule: 'first', gapMs: NaN }])
  })
})
