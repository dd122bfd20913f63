/** An event of a Chromium trace, as far as it is read here; times are in µs. */
export interface TraceEvent {
  readonly name: string
  /** `X` for something with a duration. */
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Processor time of the thread at that moment, and in that duration: what other programs do meanwhile is no part of it. */
  readonly tts?: number
  readonly tdur?: number
}

/** What layouts, scripts and tasks need to show in a trace. */
export const TRACE_CATEGORIES = ['toplevel', 'devtools.timeline', 'v8', 'blink.user_timing']

/** From here on a task is long, in µs: W3C Long Tasks, section 1. */
const LONG_US = 50_000
const TASK = 'ThreadControllerImpl::RunTask'

/** Work of the renderer that a script has to wait for when it asks for a size or a style while that is out of date. */
const LAYOUT = new Set(['Layout', 'UpdateLayoutTree'])
/** A script at work. */
const SCRIPT = new Set(['EvaluateScript', 'FunctionCall', 'v8.run'])

/** Processor time between two marks of a page (`performance.mark`), in µs. Throws without one of each. */
export function cpuBetween(trace: readonly TraceEvent[], from: string, to: string): number {
  return markOf(trace, to).tts! - markOf(trace, from).tts!
}

/** How many tasks of the page's thread took more than 50 ms of processor time, from the one with that mark on. */
export function countLongTasks(trace: readonly TraceEvent[], from: string): number {
  return tasksFrom(trace, from).filter(({ tdur = 0 }) => tdur > LONG_US).length
}

/** Processor time of all tasks of the page's thread, from the one with that mark on, in µs. */
export function cpuFrom(trace: readonly TraceEvent[], from: string): number {
  return tasksFrom(trace, from).reduce((sum, { tdur = 0 }) => sum + tdur, 0)
}

/** How many layouts and style calculations scripts waited for: those that lie within the run of a script, on its thread. */
export function countForcedLayouts(trace: readonly TraceEvent[]): number {
  const complete = trace.filter(({ ph, dur }) => ph === 'X' && dur !== undefined)
  const scripts = complete.filter(({ name }) => SCRIPT.has(name))
  const isWithin = (inner: TraceEvent, outer: TraceEvent): boolean =>
    inner.pid === outer.pid &&
    inner.tid === outer.tid &&
    inner.ts >= outer.ts &&
    inner.ts + inner.dur! <= outer.ts + outer.dur!
  return complete.filter(
    (event) => LAYOUT.has(event.name) && scripts.some((script) => isWithin(event, script)),
  ).length
}

function tasksFrom(trace: readonly TraceEvent[], from: string): readonly TraceEvent[] {
  const mark = markOf(trace, from)
  return trace.filter(
    ({ name, pid, tid, ts, dur = 0 }) =>
      name === TASK && pid === mark.pid && tid === mark.tid && ts + dur >= mark.ts,
  )
}

function markOf(trace: readonly TraceEvent[], name: string): TraceEvent {
  const mark = trace.find((event) => event.name === name && event.tts !== undefined)
  if (mark === undefined) throw new Error(`The trace of Chromium has no mark ${name}, or no processor times`)
  return mark
}
