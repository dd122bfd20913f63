import { expect, test } from 'vitest'
import { parseOrigins } from './parse-origins.ts'

test('reads one origin from each line, whole URLs too, each once', () => {
  expect(parseOrigins('https://Shop.Example\nhttps://shop.example/cart\n\nhttp://localhost:3000')).toEqual({
    ok: true,
    origins: ['https://shop.example', 'http://localhost:3000'],
  })
})

test('nothing typed is any origin', () => {
  expect(parseOrigins(' \n ')).toEqual({ ok: true, origins: [] })
})

test.each(['shop.example', 'ftp://shop.example', 'https://', 'javascript:alert(1)', '*'])(
  'says how to mend %j',
  (text) => {
    const parsed = parseOrigins(text)
    expect(parsed.ok ? '' : parsed.mend).toContain('https://shop.example')
  },
)
