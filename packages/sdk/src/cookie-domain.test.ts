import { expect, test } from 'vitest'
import { domainLabels, lastLabels } from './cookie-domain.ts'

test.each([
  ['localhost', [0]],
  ['intranet', [0]],
  ['127.0.0.1', [0]],
  ['[::1]', [0]],
  ['shop.example', [2, 0]],
  ['www.shop.example', [2, 3, 0]],
  ['shop.co.uk', [3, 0]],
  ['www.shop.com.au', [3, 4, 0]],
  ['www.xn--bcher-kva.example', [2, 3, 0]],
  ['www.abc.de', [2, 3, 0]],
  ['somebody.github.io', [2, 3, 0]],
])('on %s, domains of %j labels are tried', (host, labels) => {
  expect(domainLabels(host)).toEqual(labels)
})

test('the domain is the end of the host', () => {
  expect([0, 2, 3].map((count) => lastLabels('www.shop.example', count))).toEqual([
    '',
    'shop.example',
    'www.shop.example',
  ])
})
