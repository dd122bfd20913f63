import type { Page } from 'playwright-core'
import { percentile } from '../load/percentile.ts'

/** How a page was drawn while something moved. Times in ms. */
export interface Frames {
  readonly count: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly longestMs: number
  /** Tasks over 50 ms on the main thread. */
  readonly longTasks: number
  /** What scripts, styles and layout took of the main thread, for each frame. */
  readonly busyMsPerFrame: number
  /** Of all frames, those in which a row in sight had not arrived; 0 to 1. */
  readonly emptyShare: number
}

interface Recorded {
  readonly times: readonly number[]
  readonly longTasks: number
  readonly empty: number
}

/** Runs `move` and records every frame meanwhile. */
export async function recordFrames(page: Page, move: () => Promise<void>): Promise<Frames> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  await page.evaluate(startRecording)
  const before = await busy()
  await move()
  const busyMs = (await busy()) - before
  const { times, longTasks, empty } = await page.evaluate<Recorded>('window.stopRecording()')
  await cdp.detach()
  const deltas = times.slice(1).map((time, index) => time - times[index]!)
  const sorted = deltas.sort((a, b) => a - b)
  return {
    count: deltas.length,
    medianMs: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    longestMs: sorted.at(-1) ?? NaN,
    longTasks,
    busyMsPerFrame: busyMs / deltas.length,
    emptyShare: empty / times.length,
  }
}

/** Runs in the page. */
const startRecording = `(() => {
  const times = []
  let [longTasks, empty, isOn] = [0, 0, true]
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length))
  observer.observe({ type: 'longtask' })
  const isEmpty = () => {
    const box = document.querySelector('.table-box')
    if (!box) return false
    const { top, bottom } = box.getBoundingClientRect()
    return [...box.querySelectorAll('.session-row[aria-busy=true]')].some((row) => {
      const place = row.getBoundingClientRect()
      return place.bottom > top && place.top < bottom
    })
  }
  const frame = (time) => {
    if (!isOn) return
    times.push(time)
    // Looked at when the frame has been drawn, so that looking costs no layout of its own.
    setTimeout(() => isEmpty() && empty++)
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  window.stopRecording = () => {
    isOn = false
    observer.disconnect()
    return { times, longTasks, empty }
  }
})()`
