import { MessageChannel } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { AskerGone } from '../store.ts'
import { answerCalls } from './answer-calls.ts'
import { createThreadCaller } from './call-thread.ts'

/** A caller and what answers it, `long` in a line; and all that was made of its calls, in order. */
function connect() {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  const made: string[] = []
  const note = (method: string) => (text: string) => {
    made.push(`${method} ${text}`)
    if (text === 'wrong') throw new AskerGone('It went wrong.')
    return `${text}!`
  }
  answerCalls(port2, { long: note('long'), short: note('short') }, ['long'])
  return { caller: createThreadCaller(port1), made }
}

test('short calls are answered before the long ones that were asked before them', async () => {
  const { caller, made } = connect()
  const answers = await Promise.all([
    caller.call('long', 'a'),
    caller.call('long', 'b'),
    caller.call('short', 'c'),
  ])
  expect(answers).toEqual(['a!', 'b!', 'c!'])
  expect(made).toEqual(['short c', 'long a', 'long b'])
})

test('a short call that comes while long ones wait is behind one of them at most', async () => {
  const { caller, made } = connect()
  const long = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((text) => caller.call('long', text))
  await long[0]
  await caller.call('short', 'z')
  await Promise.all(long)
  expect(made.indexOf('short z')).toBeLessThan(made.length - 1)
})

test('who asks the same before it was begun is answered by one call, also where that fails', async () => {
  const { caller, made } = connect()
  const same = [caller.call('long', 'a'), caller.call('long', 'b'), caller.call('long', 'a')]
  expect(await Promise.all(same)).toEqual(['a!', 'b!', 'a!'])
  expect(made).toEqual(['long a', 'long b'])
  expect(await caller.call('long', 'a')).toBe('a!')
  expect(made).toHaveLength(3)
  const wrong = [caller.call('long', 'wrong'), caller.call('long', 'wrong')]
  for (const answer of wrong) await expect(answer).rejects.toThrow('It went wrong.')
  expect(made).toHaveLength(4)
})

test('a call whose asker has gone is not made, unless somebody else asked the same', async () => {
  const { caller, made } = connect()
  const gone = new AbortController()
  const first = caller.call('long', 'a')
  const left = ['b', 'c'].map((text) => caller.callUntil(gone.signal, 'long', text))
  const stays = caller.call('long', 'c')
  gone.abort()
  for (const answer of left) await expect(answer).rejects.toThrow(AskerGone)
  expect(await Promise.all([first, stays])).toEqual(['a!', 'c!'])
  await expect(caller.callUntil(gone.signal, 'long', 'd')).rejects.toThrow(AskerGone)
  expect(await caller.callUntil(new AbortController().signal, 'long', 'e')).toBe('e!')
  expect(made).toEqual(['long a', 'long c', 'long e'])
})
