import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url))
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Takes a picture of a view as it is, and makes sure that nothing is wider than the screen and that axe finds nothing serious. */
export async function checkLook(page: Page, view: string, look: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  // A chart is drawn after the frame in which its place appeared.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await page.screenshot({ path: `${FOLDER}dashboard-${view}-${look}.png` })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${view} is wider than the screen by this many px`).toBeLessThanOrEqual(0)
  const undrawn = await page.evaluate(() =>
    Array.from(
      document.querySelectorAll<HTMLElement>('.time-chart'),
      (box) => box.clientHeight - (box.querySelector('canvas')?.clientHeight ?? 0),
    ),
  )
  expect(Math.max(0, ...undrawn), `${view} has a chart that is so many px smaller than its box`).toBe(0)
  const beyond = await page.evaluate(() =>
    Array.from(
      document.querySelectorAll('.stacking'),
      ({ parentElement }) => parentElement!.scrollWidth - parentElement!.clientWidth,
    ).filter((px) => px > 0),
  )
  expect(beyond, `tables of ${view} that reach beyond the screen by px`).toEqual([])
  // Playwright runs it by the debugger's protocol, which the page's policy does not hold for.
  await page.evaluate(await readFile(AXE, 'utf8'))
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    view,
  ).toEqual([])
}
