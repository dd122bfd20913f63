import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { tellEvent } from '../session/tell-events.ts'
import { CLIENT } from './built-in.ts'
import type { EventColumns } from './event-columns.ts'
import { NAMES, SOURCES, columnsOf, definitions, histories, rulesOf } from './histories.fixture.ts'
import { tellNaively } from './naive-telling.fixture.ts'
import type { NaiveSession } from './naive-telling.fixture.ts'
import { ruleName } from './rule-name.ts'
import { createOpenSession, createStep } from './step.ts'
import { tell, tellKeys } from './tell.ts'
import type { Telling } from './telling.ts'

const TEXTS = { names: NAMES, sources: SOURCES }

/** A telling as the oracle writes it. */
function listed(telling: Telling, events: EventColumns, passiveNames: ReadonlySet<number>): NaiveSession[] {
  return Array.from({ length: telling.sessions }, (_, session) => {
    const rows = [...telling.sessionOf.keys()].filter((row) => telling.sessionOf[row] === session)
    const isPassive = (row: number) => events.passive[row] === 1 || passiveNames.has(events.name![row]!)
    return {
      stamp: telling.stamp[session]!,
      rows: rows.filter((row) => !isPassive(row)),
      passiveRows: rows.filter(isPassive),
      startRule: ruleName(telling.startRule[session]!)!,
      startGapMs: telling.startGapMs[session]!,
      endRule: ruleName(telling.endRule[session]!),
      endRow: telling.endRow[session]!,
      endGapMs: telling.endGapMs[session]!,
    }
  })
}

describe('tell', () => {
  test.prop([histories, definitions], { numRuns: 5_000 })(
    'is the pseudo-code, for all rules together',
    (history, definition) => {
      const rules = rulesOf(definition)
      const events = columnsOf(history)
      const telling = tell(rules, events)
      expect(listed(telling, events, rules.passiveNames)).toEqual(tellNaively(definition, history, TEXTS))
      for (let session = 0; session < telling.sessions; session++) {
        const { rows, passiveRows } = listed(telling, events, rules.passiveNames)[session]!
        expect(telling.events[session]).toBe(rows.length)
        expect(telling.passive[session]).toBe(passiveRows.length)
        expect(telling.firstRow[session]).toBe(rows[0] ?? passiveRows[0])
        expect(telling.lastRow[session]).toBe(rows.at(-1) ?? telling.firstRow[session])
      }
    },
  )

  test.prop([histories, definitions], { numRuns: 1_000 })(
    'needs no column that the rules do not read',
    (history, definition) => {
      const rules = rulesOf(definition)
      const all = columnsOf(history)
      const read = Object.fromEntries(rules.columns.map((column) => [column, all[column]]))
      const { length, time, passive } = all
      expect(tell(rules, { length, time, passive, ...read })).toEqual(tell(rules, all))
    },
  )

  test.prop([histories, definitions, fc.nat()], { numRuns: 1_000 })(
    'goes on from a state that was kept',
    (history, definition, pick) => {
      const rules = rulesOf(definition)
      const events = columnsOf(history)
      const step = createStep(rules)
      const whole = createOpenSession()
      let kept = createOpenSession()
      const cut = pick % (history.length + 1)
      for (let row = 0; row < history.length; row++) {
        if (row === cut) kept = JSON.parse(JSON.stringify(kept)) as typeof kept
        expect(step(kept, events, row)).toBe(step(whole, events, row))
      }
    },
  )

  test.prop(
    [histories, definitions, fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 30, maxLength: 30 })],
    {
      numRuns: 1_000,
    },
  )('tells mixed keys as each key alone', (history, definition, keyList) => {
    const rules = rulesOf(definition)
    const mixed = tellKeys(rules, columnsOf(history), Int32Array.from(keyList))
    let sessions = 0
    for (const key of [0, 1, 2]) {
      const rows = history.map((_, row) => row).filter((row) => keyList[row] === key)
      const alone = tell(rules, columnsOf(rows.map((row) => history[row]!)))
      sessions += alone.sessions
      rows.forEach((row, i) => {
        const [inMixed, inAlone] = [mixed.sessionOf[row]!, alone.sessionOf[i]!]
        expect(inMixed === -1).toBe(inAlone === -1)
        if (inMixed !== -1) expect(mixed.firstRow[inMixed]).toBe(rows[alone.firstRow[inAlone]!])
      })
    }
    expect(mixed.sessions).toBe(sessions)
  })

  test.prop([histories], { numRuns: 1_000 })(
    'agrees with the sessions kept at ingest under `client`',
    (history) => {
      const told = tell(rulesOf(CLIENT), columnsOf(history))
      let open: Parameters<typeof tellEvent<string>>[0]
      const labels = history.map(({ time, passive, stamp }, row) => {
        const stamped = stamp === 0 ? undefined : `stamp ${stamp}`
        const next = tellEvent(open, { time, passive, stamped }, () => `row ${row}`)
        open = next.open
        return next.session
      })
      const mine = history.map((_, row) => {
        const session = told.sessionOf[row]!
        if (session === -1) return undefined
        return told.stamp[session] === 0 ? `row ${told.firstRow[session]}` : `stamp ${told.stamp[session]}`
      })
      expect(mine).toEqual(labels)
    },
  )
})
