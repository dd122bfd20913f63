import { expect, test } from 'vitest'
import { sessionDrivers } from './session-drivers.ts'

test('a way through sessions in order of their start goes no further than the time that is asked for', () => {
  const ofTime = ['s.start >= :from', 's.start < :to']
  const byTerm = { sql: ['instr(s.terms, :event) > 0', ...ofTime], values: { event: ',n1,', from: 1, to: 2 } }
  expect(sessionDrivers(byTerm)[0]!.where).toBe(
    "t.term = trim(:event, ',') and t.start >= :from and t.start < :to",
  )
  const byDevice = { sql: ['s.device = :device', ...ofTime], values: { device: 1, from: 1, to: 2 } }
  expect(sessionDrivers(byDevice)[0]!.where).toBe(
    's.settled = 1 and s.device = :device and s.start >= :from and s.start < :to',
  )
})
