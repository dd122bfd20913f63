import { attempt } from './attempt.ts'
import { AUTOMATIC } from './automatic.ts'
import { startWithEverything } from './everything.ts'
import { DEFAULTS, readTexts } from './options.ts'
import type { Early } from './part.ts'
import { trackerFor } from './tracker-for.ts'
import type { Tracker } from './tracker.ts'

/** A call that the page made before this file had arrived: when, which, and with what. */
type EarlyCall = readonly [time: number, name: keyof Tracker, ...parameters: never[]]

const page = window as Window & { sojourn?: Tracker & { queue?: EarlyCall[] } }
const { src, dataset } = document.currentScript as HTMLScriptElement
const options: Record<string, unknown> = { endpoint: new URL(src).origin }
// Other attributes are other scripts' business.
for (const name in DEFAULTS) options[name] = dataset[name] ?? options[name]
let setTime: Parameters<Early>[0] | undefined
const take: Early = (set) => {
  setTime = set
}
const tracker = trackerFor(
  options,
  DEFAULTS,
  (config) => startWithEverything(config, AUTOMATIC, take),
  readTexts,
)

const queue = page.sojourn?.queue
// The stub becomes the tracker, so that what the page has kept of it works; a tracker of another key keeps the name.
if (queue || !page.sojourn) page.sojourn = Object.assign(page.sojourn ?? {}, tracker)
if (queue && setTime) {
  queue.push = ([time, name, ...parameters]: EarlyCall) => {
    setTime!(time)
    attempt(() => (tracker[name] as (...all: never[]) => void)(...parameters))
    return setTime!() as never
  }
  for (const call of queue.splice(0)) queue.push(call)
}
