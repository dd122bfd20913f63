// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/cart" }
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCookieJar } from './cookie-jar.ts'
import { openStorage } from './storage.ts'
import { clearCookies } from './tab.fixture.ts'

function openJar(storage = openStorage()) {
  const [read, write, domain] = createCookieJar(storage)
  return { read, write, domain }
}

beforeEach(() => {
  clearCookies()
  localStorage.clear()
})
afterEach(() => void vi.restoreAllMocks())

test('texts are on the widest domain, for the whole site, and sent to it alone', () => {
  const written = vi.spyOn(document, 'cookie', 'set')
  openJar().write('sj_s', 'text')
  expect(written.mock.calls).toEqual([
    ['sj_s=1.12.text;path=/;samesite=lax;domain=shop.example;max-age=34560000;secure'],
  ])
  const next = openJar()
  expect(next.read('sj_s')).toBe('text')
  expect(next.domain()).toBe('shop.example')
})

test('a domain that the browser refuses is passed over, once, and no probe is left', () => {
  const set = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!.set!
  const written = vi.spyOn(document, 'cookie', 'set').mockImplementation((text) => {
    if (!text.includes('domain=shop.example')) set.call(document, text)
  })
  const one = openJar()
  one.write('sj_s', 'text')
  expect(one.read('sj_s')).toBe('text')
  expect(document.cookie).toBe('sj_s=1.16.text')
  one.write('sj_s', 'other')
  expect(written).toHaveBeenCalledTimes(3)
  expect(openJar().read('sj_s')).toBe('other')
})

test('before it knows better, the domain is this host', () => {
  expect(openJar().domain()).toBe('www.shop.example')
})

test('a text that another tab writes at the same instant is no refusal, and leaves nothing elsewhere', () => {
  const set = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!.set!
  const written = vi.spyOn(document, 'cookie', 'set').mockImplementation((text) => {
    set.call(document, text)
    set.call(document, text.replace('ours', 'theirs'))
  })
  const one = openJar()
  one.write('sj_s', 'ours')
  expect(written).toHaveBeenCalledTimes(1)
  expect(document.cookie).toBe('sj_s=1.12.theirs')
  expect(localStorage).toHaveLength(0)
  expect(one.read('sj_s')).toBe('theirs')
})

test('until the browser is closed means no age', () => {
  const written = vi.spyOn(document, 'cookie', 'set')
  openJar().write('sj_b', '1', '')
  expect(written.mock.calls[0]![0]).toMatch(/;max-age=;/)
  expect(document.cookie).toBe('sj_b=1.12.1')
})

test('a stale one of another width, path or version cannot win', () => {
  document.cookie = 'sj_s=1.0.stale;path=/cart'
  document.cookie = 'sj_s=1.12.stale;path=/cart'
  document.cookie = 'sj_s=1.16.stale;path=/;domain=www.shop.example'
  document.cookie = 'sj_s=2.12.stale;path=/'
  openJar().write('sj_s', 'ours')
  expect(openJar().read('sj_s')).toBe('ours')
  for (const path of ['/', '/cart']) document.cookie = `sj_s=;max-age=0;path=${path}`
})

test('where cookies are refused, the texts are in localStorage, also for the next page', () => {
  vi.spyOn(document, 'cookie', 'set').mockImplementation(() => {})
  const one = openJar()
  one.write('sj_s', 'text')
  expect(one.read('sj_s')).toBe('text')
  expect(openJar().read('sj_s')).toBe('text')
})

test('where everything throws, nothing does, and memory holds the text', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  Object.defineProperty(document, 'cookie', { configurable: true, get: refuse, set: refuse })
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(refuse)
  const one = openJar()
  one.write('sj_s', 'text')
  expect(one.read('sj_s')).toBe('text')
  Reflect.deleteProperty(document, 'cookie')
})

test('an age of 0 removes what earlier pages wrote, and nothing of anybody else', () => {
  document.cookie = 'theirs=1;path=/'
  openJar().write('sj_s', 'text')
  openJar().write('sj_s', '', 0)
  expect(document.cookie).toBe('theirs=1')
})
