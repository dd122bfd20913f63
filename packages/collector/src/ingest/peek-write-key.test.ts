import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { peekWriteKey } from './peek-write-key.ts'

test.each([
  ['{"writeKey":"pk_a-b.c~1","sentAt":1}', 'pk_a-b.c~1'],
  ['{ "sentAt": 1,\n "writeKey" : "pk_1" }', 'pk_1'],
  ['{"writeKey":7}', undefined],
  ['{"writeKey":"', undefined],
  ['', undefined],
  [`{"events":["${'x'.repeat(300)}"],"writeKey":"pk_1"}`, undefined],
])('%j seems to name %s', (text, writeKey) => {
  expect(peekWriteKey(Buffer.from(text))).toBe(writeKey)
})

test('a packed body names none', () => {
  expect(peekWriteKey(gzipSync('{"writeKey":"pk_1"}'))).toBeUndefined()
})
