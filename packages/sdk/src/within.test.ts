// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { isWithin, referrerHost } from './within.ts'

const own = ['shop.example', 'pay.test']

test.each([
  ['https://news.example/a?b', false],
  ['https://shop.example/cart', true],
  ['https://www.shop.example:8443/', true],
  ['https://secure.pay.test/done', true],
  ['https://myshop.example/', false],
  ['https://shop.example.evil.test/', false],
  ['', false],
])('%s is of us: %s', (referrer, isOurs) => {
  Object.defineProperty(document, 'referrer', { configurable: true, value: referrer })
  expect(isWithin(referrerHost(), own)).toBe(isOurs)
})
