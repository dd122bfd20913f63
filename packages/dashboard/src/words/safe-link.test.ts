import { expect, test } from 'vitest'
import { safeLink } from './safe-link.ts'

test.each(['https://shop.example/a?b=1#c', 'http://127.0.0.1:8686/', 'HTTPS://Shop.Example/'])(
  'links %s',
  (url) => {
    expect(safeLink(url)).toBe(new URL(url).href)
  },
)

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://shop.example/1',
  '//shop.example/',
  '/cart',
  '',
  undefined,
])('does not link %j', (url) => {
  expect(safeLink(url)).toBeUndefined()
})
