// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart" }
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCookieJar } from './cookie-jar.ts'
import { browserEnvironment } from './environment.ts'
import { clearCookies } from './tab.fixture.ts'

const jar = () => createCookieJar(browserEnvironment())

beforeEach(() => {
  clearCookies()
  localStorage.clear()
})
afterEach(() => void vi.restoreAllMocks())

test('texts are on the widest domain, for the whole site, and sent to it alone', () => {
  const written = vi.spyOn(document, 'cookie', 'set')
  jar().write('sj_v', 'text')
  expect(written.mock.calls).toEqual([
    ['sj_v=1.2.text;path=/;samesite=lax;domain=shop.example;max-age=34560000;secure'],
  ])
  const next = jar()
  expect(next.read('sj_v')).toBe('1.2.text')
  expect(next.domain()).toBe('shop.example')
})

test('a domain that the browser refuses is passed over, and no probe is left', () => {
  const set = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!.set!
  vi.spyOn(document, 'cookie', 'set').mockImplementation((text) => {
    if (!text.includes('domain=shop.example')) set.call(document, text)
  })
  const one = jar()
  one.write('sj_v', 'text')
  expect(one.read('sj_v')).toBe('1.3.text')
  expect(document.cookie).toBe('sj_v=1.3.text')
  expect(jar().read('sj_v')).toBe('1.3.text')
})

test('until the browser is closed means no age', () => {
  const written = vi.spyOn(document, 'cookie', 'set')
  jar().write('sj_b', '1', true)
  expect(written.mock.calls[0]![0]).not.toContain('max-age')
})

test('a stale one on a narrower domain cannot win, and goes', () => {
  document.cookie = 'sj_v=1.2.stale;path=/'
  document.cookie = 'sj_v=1.2.stale;path=/;domain=www.shop.example'
  jar().write('sj_v', 'ours')
  expect(jar().read('sj_v')).toBe('1.2.ours')
  expect(document.cookie).toBe('sj_v=1.2.ours')
})

test('a stale one of another width, path or version cannot win', () => {
  document.cookie = 'sj_v=1.0.stale;path=/cart'
  document.cookie = 'sj_v=1.2.stale;path=/cart'
  document.cookie = 'sj_v=2.2.stale;path=/'
  document.cookie = 'sj_v=stale;path=/;domain=www.shop.example'
  jar().write('sj_v', 'ours')
  expect(jar().read('sj_v')).toBe('1.2.ours')
  for (const path of ['/', '/cart']) document.cookie = `sj_v=;max-age=0;path=${path}`
})

test('where cookies are refused, the texts are in localStorage, also for the next page', () => {
  vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {})
  const one = jar()
  one.write('sj_v', 'text')
  expect(one.read('sj_v')).toBe('1.0.text')
  expect(jar().read('sj_v')).toBe('1.0.text')
  expect(jar().all()).toContain('sj_v=1.0.text')
})

test('where everything throws, nothing does', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  Object.defineProperty(document, 'cookie', { configurable: true, get: refuse, set: refuse })
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse)
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse)
  const one = jar()
  one.write('sj_v', 'text')
  expect(one.read('sj_v')).toBeUndefined()
  one.clear()
  Reflect.deleteProperty(document, 'cookie')
})

test('clearing removes what earlier pages wrote, and nothing of anybody else', () => {
  document.cookie = 'theirs=1;path=/'
  jar().write('sj_v', 'text')
  jar().write('sj_b', '1', true)
  jar().clear()
  expect(document.cookie).toBe('theirs=1')
})
