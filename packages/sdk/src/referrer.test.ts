import { expect, test } from 'vitest'
import { foreignReferrer } from './referrer.ts'

const own = ['shop.example', 'pay.test']

test.each([
  ['https://news.example/a?b', true],
  ['https://shop.example/cart', false],
  ['https://www.shop.example/', false],
  ['https://secure.pay.test/done', false],
  ['https://myshop.example/', true],
  ['https://shop.example.evil.test/', true],
  ['', false],
  ['no url', false],
])('%s counts: %s', (referrer, counts) => {
  expect(foreignReferrer(referrer, own)).toBe(counts ? referrer : undefined)
})
