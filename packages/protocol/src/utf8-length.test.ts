import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { utf8Length } from './utf8-length.ts'

test.prop([fc.string({ unit: 'binary' })])('counts the bytes that an encoder writes', (text) => {
  expect(utf8Length(text)).toBe(Buffer.byteLength(text))
})

test('counts a lone surrogate as its replacement', () => {
  expect(utf8Length('\ud800')).toBe(3)
  expect(utf8Length('a\udc00b')).toBe(5)
})
