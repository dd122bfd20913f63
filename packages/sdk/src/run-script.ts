import { attempt } from './attempt.ts'
import { attributeOptions } from './script-attributes.ts'
import type { Core, Part } from './part.ts'
import { trackerFor } from './tracker-for.ts'
import type { Tracker } from './tracker.ts'

/** A call that the page made before this file had arrived: when, which, and with what. */
type EarlyCall = readonly [time: number, name: keyof Tracker, ...parameters: never[]]

/** Starts the tracker that the script tag asks for, as `window.sojourn`. Throws an Error for wrong options. */
export const runScript = (defaults: Readonly<Record<string, unknown>>, parts: readonly Part[]): void => {
  const page = window as Window & { sojourn?: Tracker & { queue?: EarlyCall[] } }
  // Modules have no currentScript.
  const element = (document.currentScript ??
    document.querySelector('script[data-write-key]')) as HTMLScriptElement
  const options = { endpoint: new URL(element.src).origin, ...attributeOptions(element, defaults) }
  let core: Core | undefined
  const tracker = trackerFor(options, defaults, [...parts, (started) => (core = started)])

  const queue = page.sojourn?.queue
  // The stub becomes the tracker, so that what the page has kept of it works; a tracker of another key keeps the name.
  if (queue || !page.sojourn) page.sojourn = Object.assign(page.sojourn ?? {}, tracker)
  if (queue && core) {
    const started = core
    queue.push = ([time, name, ...parameters]: EarlyCall) => {
      started._time = time
      attempt(() => (tracker[name] as (...all: never[]) => void)(...parameters))
      started._time = undefined
      return 0
    }
    for (const call of queue.splice(0)) queue.push(call)
  }
}
