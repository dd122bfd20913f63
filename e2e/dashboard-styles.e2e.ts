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
  'definitions/what-if',
  'definitions/compare',
  'scoring',
  'live',
  'sources',
  'health',
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
    const fresh = await visitor.page.context().newPage()
    await fresh.goto(`http://127.0.0.1:${filled.collector.port}/#/${place}`)
    await fresh.waitForFunction(
      () => document.querySelector('h1') && !document.querySelector('.waiting, [aria-busy=true]'),
    )
    await visitor.go(place)
    const [alone, after] = [await looks(fresh), await looks(visitor.page)]
    const both = Object.keys(alone).filter((kind) => kind in after)
    expect(both.length, place).toBeGreaterThan(3)
    for (const kind of both) expect(after[kind], `${place}: ${kind}`).toBe(alone[kind])
    await fresh.close()
  }
  await visitor.close()
}, 240_000)

test('on paper a view is dark on white, with what was chosen and without what can only be clicked', async () => {
  const look = { width: 1280, height: 800, scheme: 'dark' } as const
  const { page, go, close } = await openDashboard(filled.browser, filled.collector, look)
  await go('overview?range=7d')
  await page.waitForSelector('.time-chart canvas')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const colours = await page.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.documentElement)
    return [backgroundColor, getComputedStyle(document.querySelector('.panel')!).backgroundColor]
  })
  expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)'])
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).color)).toBe(
    'rgb(20, 32, 43)',
  )
  for (const hidden of ['.side', 'button:has-text("Filter")', '[aria-label=Time] > :text-is("30d")'])
    expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false)
  for (const shown of ['.tile-value', '[aria-label=Time] > :text-is("7d")', '.time-chart canvas'])
    expect(await page.locator(shown).first().isVisible(), shown).toBe(true)
  // The chart is drawn anew in the colours of paper: no pixel of its words is light.
  const lightest = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.time-chart canvas')!
    const { data } = canvas.getContext('2d')!.getImageData(0, canvas.height - 30, canvas.width, 30)
    let most = 0
    for (let at = 0; at < data.length; at += 4) if (data[at + 3]! > 200) most = Math.max(most, data[at]!)
    return most
  })
  expect(lightest).toBeLessThan(150)
  await close()
})
