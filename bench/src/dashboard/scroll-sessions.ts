import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Figure } from '../figure.ts'
import { percentile } from '../load/percentile.ts'
import { goTo } from './dashboard-page.ts'
import { recordFrames } from './frames.ts'
import type { Frames } from './frames.ts'

/** A way of moving through the list, for so long. */
interface Movement {
  readonly name: string
  readonly place: string
  run(page: Page, untilMs: number): Promise<void>
}

const MOVEMENTS: readonly Movement[] = [
  { name: 'wheel', place: 'sessions?range=all', run: wheel },
  { name: 'keys', place: 'sessions?range=all&sort=-duration', run: keys },
  { name: 'scroll bar', place: 'sessions?range=all&sort=-start', run: drag },
  { name: 'wheel, filtered', place: 'sessions?range=all&device=mobile&sort=-events', run: wheel },
]
/** A jump to another part of the list is seen when its rows are there. */
const JUMPS = ['End', 'Home'] as const

/** Scrolls the table of sessions for `seconds` in each of several ways. */
export async function measureScrolling(
  page: Page,
  seconds: number,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { name, place, run } of MOVEMENTS) {
    await openList(page, place)
    await page.evaluate('performance.clearResourceTimings()')
    const frames = await recordFrames(page, () => run(page, Date.now() + seconds * 1000))
    figures.push(...frameFigures(`sessions by ${name}`, frames), await answersFigure(page, name))
    say(`${name}: scrolled to row ${await page.getAttribute('.session-row', 'aria-rowindex')}`)
  }
  await openList(page, 'sessions?range=all')
  for (const key of JUMPS) figures.push(await jump(page, key))
  figures.push(await heapFigure(page))
  return figures
}

/** Opens a list of sessions, and waits for its first rows and for how many there are. */
async function openList(page: Page, place: string): Promise<void> {
  await goTo(page, 'sources', 'h1:text-is("Sources")')
  await goTo(page, place, '.session-row:not([aria-busy=true])')
  await page.waitForFunction(
    `/^[\\d,]+ sessions$/.test(document.querySelector('.table-foot').textContent.trim())`,
    undefined,
    { timeout: 120_000 },
  )
}

/** What the table of figures says of the frames of one movement. */
export function frameFigures(name: string, frames: Frames): readonly Figure[] {
  const { count, medianMs, p95Ms, longestMs, longTasks, busyMsPerFrame, emptyShare } = frames
  return [
    { name: `${name}: frame, median`, value: medianMs, unit: 'ms', note: `${count} frames` },
    { name: `${name}: frame, p95`, value: p95Ms, unit: 'ms', note: `longest ${longestMs.toFixed(0)} ms` },
    {
      name: `${name}: work a frame`,
      value: busyMsPerFrame,
      unit: 'ms',
      note: `${longTasks} tasks over 50 ms; ${(emptyShare * 100).toFixed(1)} % of frames with a row on its way`,
    },
  ]
}

async function wheel(page: Page, until: number): Promise<void> {
  await page.mouse.move(700, 500)
  for (let turn = 0; Date.now() < until; turn++) {
    await page.mouse.wheel(0, turn % 200 < 150 ? 360 : -360)
    await sleep(16)
  }
}

async function keys(page: Page, until: number): Promise<void> {
  await page.focus('.table-box')
  for (let turn = 0; Date.now() < until; turn++) {
    await page.keyboard.press(turn % 40 < 30 ? 'PageDown' : 'ArrowDown')
    await sleep(30)
  }
}

/** Where a drag of the scroll bar's handle takes the list: from the top to the bottom and back, a step for each frame. */
async function drag(page: Page, until: number): Promise<void> {
  const [began, whole] = [Date.now(), until - Date.now()]
  while (Date.now() < until) {
    const share = (Date.now() - began) / whole
    const down = share < 0.5 ? share * 2 : 2 - share * 2
    await page.evaluate(`(() => {
      const box = document.querySelector('.table-box')
      box.scrollTop = (box.scrollHeight - box.clientHeight) * ${down}
    })()`)
    await sleep(16)
  }
}

async function jump(page: Page, key: (typeof JUMPS)[number]): Promise<Figure> {
  await page.focus('.table-box')
  const began = Date.now()
  await page.keyboard.press(key)
  // The last page tells how many rows there are.
  const isThere =
    key === 'End'
      ? "rows.at(-1)?.ariaRowIndex === document.querySelector('.session-table').ariaRowCount"
      : "rows[0]?.ariaRowIndex === '2'"
  await page.waitForFunction(`(() => {
    const rows = [...document.querySelectorAll('.session-row')]
    return ${isThere} && rows.every((row) => row.getAttribute('aria-busy') !== 'true')
  })()`)
  return { name: `sessions, the ${key} key, until its rows are there`, value: Date.now() - began, unit: 'ms' }
}

async function answersFigure(page: Page, name: string): Promise<Figure> {
  const times = await page.evaluate<number[]>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.includes('v1/sessions?')).map(({ duration }) => duration)`,
  )
  const sorted = times.sort((a, b) => a - b)
  return {
    name: `sessions by ${name}: a page of 100 rows, p95`,
    value: percentile(sorted, 0.95),
    unit: 'ms',
    note: `${sorted.length} pages, median ${percentile(sorted, 0.5).toFixed(0)} ms`,
  }
}

async function heapFigure(page: Page): Promise<Figure> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  await cdp.detach()
  return { name: "the page's memory after all that", value: usedSize / 2 ** 20, unit: 'MiB' }
}
