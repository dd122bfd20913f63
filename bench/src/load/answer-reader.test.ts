import { expect, test } from 'vitest'
import { createAnswerReader, header } from './answer-reader.ts'

const plain = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"accepted":25}'
const chunked =
  'HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\nRetry-After: 2\r\n\r\n4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n'
const interim = 'HTTP/1.1 100 Continue\r\n\r\n'

/** Reads the text in pieces of `size` bytes. */
function read(text: string, size: number): readonly (readonly [number, string])[] {
  const answers: (readonly [number, string])[] = []
  const reader = createAnswerReader((answer) => answers.push([answer.status, answer.body.toString()]))
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size))
  expect(reader.end()).toBe(false)
  return answers
}

test.each([1, 2, 7, 64, 10_000])('answers are read whole, %i bytes at a time', (size) => {
  expect(read(plain + interim + chunked + plain, size)).toEqual([
    [200, '{"accepted":25}'],
    [100, ''],
    [503, '{"a":1}'],
    [200, '{"accepted":25}'],
  ])
})

test('an answer without a length ends with the connection, and a cut one is told apart', () => {
  const answers: string[] = []
  const reader = createAnswerReader((answer) => answers.push(answer.body.toString()))
  reader.push(Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno'))
  expect(reader.end()).toBe(false)
  expect(answers).toEqual(['no'])
  reader.push(Buffer.from(plain.slice(0, -1)))
  expect(reader.end()).toBe(true)
  expect(answers).toHaveLength(1)
})

test('headers are found whatever their case', () => {
  expect(header(chunked.split('\r\n\r\n')[0]!, 'retry-after')).toBe('2')
  expect(header('HTTP/1.1 200 OK\r\nX: 1', 'retry-after')).toBeUndefined()
})

test('other bytes are no answer', () => {
  const reader = createAnswerReader(() => {})
  expect(() => reader.push(Buffer.from('SSH-2.0-OpenSSH\r\n\r\n'))).toThrow('not an HTTP answer')
})
