import { expect, test } from 'vitest'
import { tellEvent } from './tell-events.ts'
import type { OpenSession, ToldEvent } from './tell-events.ts'

const MINUTE = 60_000

/** Tells events as sessions; one that begins is named by the minute. */
function tell(events: readonly { at: number; passive?: boolean; stamped?: string }[]) {
  let open: OpenSession<string> | undefined
  return events.map(({ at, passive = false, stamped }) => {
    const event: ToldEvent<string> = { time: at * MINUTE, passive, stamped }
    const told = tellEvent(open, event, () => `from ${at}`)
    open = told.open
    return told.session
  })
}

test('events within 30 minutes of each other are one session', () => {
  expect(tell([{ at: 0 }, { at: 29 }, { at: 58 }])).toEqual(['from 0', 'from 0', 'from 0'])
})

test('30 minutes are too long, a millisecond less is not', () => {
  const millisecond = 1 / MINUTE
  expect(tell([{ at: 0 }, { at: 30 - millisecond }])).toEqual(['from 0', 'from 0'])
  expect(tell([{ at: 0 }, { at: 30 }])).toEqual(['from 0', 'from 30'])
})

test("events without a stamp join the sender's session, and extend it", () => {
  expect(tell([{ at: 0, stamped: 's' }, { at: 20 }, { at: 40 }, { at: 71 }])).toEqual([
    's',
    's',
    's',
    'from 71',
  ])
})

test('a stamped event keeps its session, also beside another that is open', () => {
  expect(tell([{ at: 0 }, { at: 1, stamped: 's' }, { at: 2 }, { at: 3, stamped: 't' }, { at: 4 }])).toEqual([
    'from 0',
    's',
    's',
    't',
    't',
  ])
})

test('a passive event joins what is open, and opens and extends nothing', () => {
  const events = [
    { at: 0, passive: true },
    { at: 1 },
    { at: 29, passive: true },
    { at: 31 },
    { at: 62, passive: true },
  ]
  expect(tell(events)).toEqual([undefined, 'from 1', 'from 1', 'from 31', undefined])
  expect(tell([{ at: 0, passive: true, stamped: 's' }, { at: 1 }])).toEqual(['s', 'from 1'])
})
