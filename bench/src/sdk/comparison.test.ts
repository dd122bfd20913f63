import { expect, test } from 'vitest'
import { isKept } from '../figure.ts'
import { formatComparison, ourFigures } from './comparison.ts'
import type { Measured } from './comparison.ts'
import type { SpeedSample } from './measure.ts'

/** A visit in which most calls took so long, and every tenth ten times that. */
function sample(callUs: number, longTasks = 0): SpeedSample {
  const callsUs = Array.from({ length: 500 }, (_, i) => (i % 10 === 0 ? 10 * callUs : callUs))
  return {
    startCpuMs: callUs,
    callsUs,
    callCpuUs: callUs,
    eventCpuUs: callUs,
    longTasks,
    longTasksByClock: 1,
  }
}

const measured: Measured = {
  name: 'Sojourn',
  version: '0.1.0',
  brotliBytes: 5_000,
  full: [sample(10), sample(30), sample(20)],
  slow: [sample(40), sample(40), sample(40, 1)],
  traffic: { requestsBefore: 0, delivered: 500, bytesPerEvent: 400 },
  forcedLayouts: 0,
}

/** Which promises are not kept. */
const missed = (one: Measured): readonly string[] =>
  ourFigures(one)
    .filter((figure) => isKept(figure) === false)
    .map(({ name }) => name)

test('figures are medians of the rounds', () => {
  const figures = new Map(ourFigures(measured).map(({ name, value }) => [name, value]))
  expect(figures.get('track(), median')).toBe(20)
  expect(figures.get('track(), p95')).toBe(200)
  expect(figures.get('long tasks at 4× slow-down')).toBe(0)
})

test('each promise is judged', () => {
  expect(missed(measured)).toEqual([])
  const traffic = { ...measured.traffic, requestsBefore: 1 }
  const long = [sample(21, 2), sample(21, 2), sample(21)]
  expect(missed({ ...measured, full: long, slow: long, forcedLayouts: 1, traffic })).toEqual([
    'track(), median',
    'long tasks, by processor time',
    'long tasks at 4× slow-down',
    'forced layouts and styles',
    'requests before the first event',
  ])
})

test('the table has a column for each SDK', () => {
  const [head, , first] = formatComparison([measured, { ...measured, name: 'Other' }]).split('\n')
  expect(head).toMatch(/\| Sojourn 0\.1\.0 \| Other 0\.1\.0 \|$/)
  expect(first).toMatch(/^\| track\(\), median +\| 20 µs +\| 20 µs +\|$/)
})
