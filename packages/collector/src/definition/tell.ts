import type { Rules } from './compile-rules.ts'
import type { EventColumns } from './event-columns.ts'
import { createStep } from './step.ts'
import { createRecorder, createTelling } from './telling.ts'
import type { Recorder, Telling } from './telling.ts'

/** All sessions that the rules make of one key's events. The events must be in (time, id) order. */
export function tell(rules: Rules, events: EventColumns): Telling {
  const telling = createTelling(events.length)
  const recorder = createRecorder(createStep(rules), telling)
  for (let row = 0; row < events.length; row++) recorder.record(events, row)
  return telling
}

/**
 * The same for events of several keys, mixed in (time, id) order: `keys` holds the number of each row's key. A person's events, told
 * under a `visitor` definition, are such a mixture.
 */
export function tellKeys(rules: Rules, events: EventColumns, keys: Int32Array): Telling {
  const telling = createTelling(events.length)
  const step = createStep(rules)
  const recorders = new Map<number, Recorder>()
  for (let row = 0; row < events.length; row++) {
    const key = keys[row]!
    let recorder = recorders.get(key)
    if (!recorder) recorders.set(key, (recorder = createRecorder(step, telling)))
    recorder.record(events, row)
  }
  return telling
}
