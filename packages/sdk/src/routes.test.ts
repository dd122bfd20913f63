// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/start" }
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trackRoutes } from './routes.ts'
import { leavePage, openBrowser, restorePage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
const { pushState, replaceState } = history

beforeEach(() => {
  browser = openBrowser()
  history.replaceState(null, '', '/start')
})
afterEach(() => {
  Object.assign(history, { pushState, replaceState })
  Reflect.deleteProperty(window, 'navigation')
})

async function paths() {
  await browser.pass(2_000)
  return browser.sent().map(({ page }) => page!.url!.replace('https://www.shop.example', ''))
}

test('the first page is a page view, of the user that the page makes known at once', async () => {
  browser.open({}, [trackRoutes]).identify('u-1')
  expect(await paths()).toEqual(['/start', '/start'])
  expect(browser.sent().map(({ type, userId }) => [type, userId])).toEqual([
    ['identify', 'u-1'],
    ['page', 'u-1'],
  ])
})

test('autoPage: false leaves it to the page', async () => {
  browser.open({ autoPage: false }, [trackRoutes])
  history.pushState(null, '', '/next')
  expect(await paths()).toEqual([])
})

describe.each([
  ['with the Navigation API', true],
  ['without', false],
])('%s', (_, hasNavigation) => {
  beforeEach(() => {
    if (!hasNavigation) return
    const navigation = new EventTarget()
    Object.assign(window, { navigation })
    for (const name of ['pushState', 'replaceState'] as const)
      history[name] = function (...change) {
        ;({ pushState, replaceState })[name].apply(this, change)
        navigation.dispatchEvent(new Event('currententrychange'))
      }
    window.addEventListener('popstate', () => navigation.dispatchEvent(new Event('currententrychange')))
  })

  const go = async (name: 'pushState' | 'replaceState', url: string) => {
    history[name]({ some: 'state' }, '', url)
    await browser.pass(1)
  }

  test('each real change of route is one page view', async () => {
    browser.open({}, [trackRoutes])
    await browser.pass(1)
    await go('pushState', '/pushed')
    await go('replaceState', '/replaced')
    await go('replaceState', '/replaced')
    await go('pushState', '/replaced?page=2')
    await go('pushState', '/replaced?page=2#part')
    await go('pushState', '#/route')
    await go('pushState', '#!/route')
    history.replaceState(null, '', '/popped')
    window.dispatchEvent(new PopStateEvent('popstate'))
    await browser.pass(1)
    expect(await paths()).toEqual([
      '/start',
      '/pushed',
      '/replaced',
      '/replaced?page=2',
      '/replaced?page=2#/route',
      '/replaced?page=2#!/route',
      '/popped',
    ])
  })

  test('a redirect within one task is one page view, and so is a title that comes late', async () => {
    browser.open({}, [trackRoutes])
    await browser.pass(1)
    history.pushState(null, '', '/guarded')
    history.replaceState(null, '', '/login')
    document.title = 'Log in'
    expect(await paths()).toEqual(['/start', '/login'])
    expect(browser.sent().at(-1)!.page!.title).toBe('Log in')
  })
})

test('a page from the back/forward cache is a page view', async () => {
  browser.open({}, [trackRoutes])
  await browser.pass(1)
  leavePage()
  restorePage()
  expect(await paths()).toEqual(['/start', '/start'])
})

test('what a router returns and what it is called on stay as they were', () => {
  const calls: unknown[][] = []
  history.pushState = function (...change) {
    calls.push([this, ...change])
  }
  browser.open({}, [trackRoutes])
  history.pushState(1, '', '/x')
  expect(calls).toEqual([[history, 1, '', '/x']])
})
