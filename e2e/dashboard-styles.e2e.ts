import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openDashboard } from './dashboard/dashboard-page.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'

const filled = useFilledDashboard()

const PLACES = [
  'overview',
  'sessions',
  'profiles',
  'definitions',
  'definitions/new',
  'definitions/edit/product',
  'definitions/what-if',
  'definitions/compare',
  'scoring',
  'live',
  'sources',
  'health',
  'nowhere',
]

/** How each kind of element looks but for where it stands, by its tag and classes and those around it. */
function looks(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(() => {
    const properties = ['display', 'padding', 'color', 'background-color', 'border', 'gap']
    const more = ['font-size', 'font-weight', 'white-space', 'text-align', 'text-decoration-line']
    const kind = (element: Element): string => [element.localName, ...Array.from(element.classList)].join('.')
    return Object.fromEntries(
      Array.from(document.querySelectorAll('main *'), (element) => {
        const style = getComputedStyle(element)
        const around = [element.parentElement!.parentElement!, element.parentElement!, element].map(kind)
        return [
          around.join(' > '),
          [...properties, ...more].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; '),
        ]
      }),
    )
  })
}

test('a page looks the same whichever pages were seen before it', async () => {
  const visitor = await openDashboard(filled.browser, filled.collector)
  for (const place of PLACES) await visitor.go(place)
  for (const place of PLACES) {
    const fresh = await openDashboard(filled.browser, filled.collector)
    await fresh.page.goto('about:blank')
    await fresh.page.goto(`http://127.0.0.1:${filled.collector.port}/#/${place}`)
    await fresh.page.waitForFunction(
      () => document.querySelector('h1') && !document.querySelector('.waiting, [aria-busy=true]'),
    )
    await visitor.go(place)
    const [alone, after] = [await looks(fresh.page), await looks(visitor.page)]
    const both = Object.keys(alone).filter((kind) => kind in after)
    expect(both.length, place).toBeGreaterThan(3)
    for (const kind of both) expect(after[kind], `${place}: ${kind}`).toBe(alone[kind])
    await fresh.close()
  }
  await visitor.close()
}, 180_000)
