import type { Call } from './call-thread.ts'

/** Calls that take long. One is begun in each turn of the event loop, in the order in which they came, so that a short one never waits behind more than one of them. */
export interface CallLine {
  add(call: Call): void
  /** Nobody waits for the answer of this call any more: it is not begun. */
  drop(id: number): void
}

interface Asked {
  readonly call: Call
  /** All that asked the same before it was begun: what it answers is as true for them. */
  readonly ids: Set<number>
}

/** A line that has nobody in it. `begin` makes a call, for all the ids. */
export function createCallLine(begin: (call: Call, ids: readonly number[]) => void): CallLine {
  const waiting = new Map<string, Asked>()
  let isDue = false

  function schedule(): void {
    if (isDue || waiting.size === 0) return
    isDue = true
    setImmediate(next)
  }

  function next(): void {
    isDue = false
    for (const [question, { call, ids }] of waiting) {
      waiting.delete(question)
      begin(call, [...ids])
      break
    }
    schedule()
  }

  return {
    add(call) {
      const question = JSON.stringify([call.method, call.args])
      const asked = waiting.get(question)
      if (asked) asked.ids.add(call.id)
      else waiting.set(question, { call, ids: new Set([call.id]) })
      schedule()
    },
    drop(id) {
      for (const [question, { ids }] of waiting)
        if (ids.delete(id) && ids.size === 0) waiting.delete(question)
    },
  }
}
