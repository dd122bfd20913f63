import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openEventStream } from './event-stream.ts'

const LIMITS = { heartbeatMs: 1_000, stallMs: 5_000, maxMs: 60_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An answer whose connection takes nothing until it is told to. */
function blockedAnswer() {
  const written: string[] = []
  const answer = Object.assign(new EventEmitter(), {
    writableLength: 0,
    statusCode: 0,
    isDestroyed: false,
    setHeader: () => undefined,
    write(text: string) {
      written.push(text)
      return answer.writableLength === 0
    },
    end: () => void answer.emit('close'),
    destroy() {
      answer.isDestroyed = true
      answer.emit('close')
    },
  })
  return { answer, written, res: answer as unknown as ServerResponse }
}

test('a quiet stream says at times that it lives, and ends after its time', () => {
  const { res, written } = blockedAnswer()
  const { ended } = openEventStream(res, LIMITS)
  expect(written).toEqual(['retry: 2000\n\n'])
  vi.advanceTimersByTime(3_500)
  expect(written.slice(1)).toEqual([':\n\n', ':\n\n', ':\n\n'])
  expect(ended.aborted).toBe(false)
  vi.advanceTimersByTime(60_000)
  expect(ended.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('a reader that takes nothing for too long is dropped, and until then gets nothing more', async () => {
  const { answer, res, written } = blockedAnswer()
  const { ended, send } = openEventStream(res, LIMITS)
  answer.writableLength = 100_000
  const sent = send({ id: '1', data: { a: 1 } })
  await vi.advanceTimersByTimeAsync(4_900)
  expect([written.length, ended.aborted]).toEqual([2, false])
  await vi.advanceTimersByTimeAsync(200)
  await sent
  expect([answer.isDestroyed, ended.aborted]).toEqual([true, true])
  await send({ id: '2', data: {} })
  expect(written).toEqual(['retry: 2000\n\n', 'id: 1\ndata: {"a":1}\n\n'])
  expect(vi.getTimerCount()).toBe(0)
})

test('a reader that takes it in time stays', async () => {
  const { answer, res } = blockedAnswer()
  const { ended, send } = openEventStream(res, LIMITS)
  answer.writableLength = 100_000
  const sent = send({ id: '1', event: 'gap', data: {} })
  await vi.advanceTimersByTimeAsync(4_000)
  answer.writableLength = 0
  answer.emit('drain')
  await sent
  await vi.advanceTimersByTimeAsync(4_000)
  expect([answer.isDestroyed, ended.aborted]).toEqual([false, false])
})

test('a reader that has left already is not waited for', () => {
  const { answer, res, written } = blockedAnswer()
  Object.assign(answer, { destroyed: true })
  const { ended } = openEventStream(res, LIMITS)
  expect(ended.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(100_000)
  expect(written).toEqual([])
})
