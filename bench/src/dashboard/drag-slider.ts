import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Figure } from '../figure.ts'
import { goTo } from './dashboard-page.ts'
import { recordFrames } from './frames.ts'
import { frameFigures } from './scroll-sessions.ts'

/** Drags the slider over every timeout to and fro, for `seconds`. Throws where the figures do not follow it. */
export async function measureSlider(page: Page, seconds: number): Promise<readonly Figure[]> {
  await goTo(page, 'definitions/what-if', '.timeout-slider')
  const { x, y, width } = (await page.locator('.timeout-slider').boundingBox())!
  await page.evaluate(countFigures)
  const frames = await recordFrames(page, async () => {
    const until = Date.now() + seconds * 1000
    await page.mouse.move(x + 2, y + 60)
    await page.mouse.down()
    for (let step = 0; Date.now() < until; step++) {
      await page.mouse.move(x + width * (0.5 - 0.5 * Math.cos(step / 60)), y + 60)
      await sleep(8)
    }
    await page.mouse.up()
  })
  const changes = await page.evaluate<number>('window.changes')
  if (changes < 50) throw new Error(`The figures changed ${changes} times while the slider was dragged.`)
  return [
    ...frameFigures('what-if slider', frames),
    { name: 'what-if slider: figures drawn anew', value: changes / seconds, unit: 'times a second' },
  ]
}

/** Runs in the page. */
const countFigures = `(() => {
  window.changes = 0
  new MutationObserver(() => window.changes++).observe(document.querySelector('[data-figure=Sessions]'),
    { characterData: true, childList: true, subtree: true })
})()`
