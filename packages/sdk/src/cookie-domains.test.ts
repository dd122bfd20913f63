import { expect, test } from 'vitest'
import { cookieDomains } from './cookie-domains.ts'

test.each([
  ['localhost', ['']],
  ['intranet', ['']],
  ['127.0.0.1', ['']],
  ['[::1]', ['']],
  ['shop.example', ['shop.example', '']],
  ['www.shop.example', ['shop.example', 'www.shop.example', '']],
  ['shop.co.uk', ['shop.co.uk', '']],
  ['www.shop.com.au', ['shop.com.au', 'www.shop.com.au', '']],
  ['www.xn--bcher-kva.example', ['xn--bcher-kva.example', 'www.xn--bcher-kva.example', '']],
  ['www.abc.de', ['abc.de', 'www.abc.de', '']],
  ['somebody.github.io', ['github.io', 'somebody.github.io', '']],
])('on %s, %j are tried', (host, domains) => {
  expect(cookieDomains(host)).toEqual(domains)
})
