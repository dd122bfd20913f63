import { expect, test } from 'vitest'
import { countForcedLayouts, countLongTasks, cpuBetween, cpuFrom } from './trace.ts'
import type { TraceEvent } from './trace.ts'

const TASK = 'ThreadControllerImpl::RunTask'

/** An event on the page's thread; `more` puts it elsewhere. */
function event(name: string, ts: number, dur: number, more: Partial<TraceEvent> = {}): TraceEvent {
  return { name, ph: 'X', pid: 1, tid: 1, ts, dur, tdur: dur, ...more }
}

function mark(name: string, ts: number, tts: number): TraceEvent {
  return { name, ph: 'I', pid: 1, tid: 1, ts, tts }
}

test('a layout is forced when it lies within a script of the same thread', () => {
  const script = event('FunctionCall', 100, 50)
  expect(countForcedLayouts([script, event('Layout', 110, 5)])).toBe(1)
  expect(countForcedLayouts([script, event('UpdateLayoutTree', 145, 5)])).toBe(1)
  expect(countForcedLayouts([script, event('Layout', 148, 5)])).toBe(0)
  expect(countForcedLayouts([script, event('Layout', 90, 5)])).toBe(0)
  expect(countForcedLayouts([script, event('Layout', 110, 5, { tid: 2 })])).toBe(0)
  expect(countForcedLayouts([script, event('Layout', 110, 5, { pid: 2 })])).toBe(0)
  expect(countForcedLayouts([script, event('Paint', 110, 5)])).toBe(0)
  expect(countForcedLayouts([event(TASK, 100, 50), event('Layout', 110, 5)])).toBe(0)
})

test('a task is long by the processor time it took, from the marked one on', () => {
  const start = mark('start', 1_000, 0)
  expect(countLongTasks([start, event(TASK, 990, 50_001)], 'start')).toBe(1)
  expect(countLongTasks([start, event(TASK, 990, 50_000)], 'start')).toBe(0)
  expect(countLongTasks([start, event(TASK, 990, 900_000, { tdur: 10_000 })], 'start')).toBe(0)
  expect(countLongTasks([start, event(TASK, 0, 60_000, { dur: 900 })], 'start')).toBe(0)
  expect(countLongTasks([start, event(TASK, 2_000, 60_000, { tid: 2 })], 'start')).toBe(0)
  expect(countLongTasks([start, event('FunctionCall', 2_000, 60_000)], 'start')).toBe(0)
})

test('marks tell processor time, and a missing one is no zero', () => {
  expect(cpuBetween([mark('loop', 0, 100), mark('looped', 9_000, 350)], 'loop', 'looped')).toBe(250)
  expect(() => cpuBetween([mark('loop', 0, 100)], 'loop', 'looped')).toThrow('looped')
})

test('what follows a mark is the whole of its task and of all later ones', () => {
  const start = mark('loop', 1_000, 0)
  const tasks = [event(TASK, 0, 900), event(TASK, 990, 40), event(TASK, 2_000, 5, { dur: 900 })]
  expect(cpuFrom([start, ...tasks, event(TASK, 3_000, 70, { pid: 2 })], 'loop')).toBe(45)
})
