import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { createByteRoom } from './byte-room.ts'
import { createWaitingLine } from './waiting-line.ts'

const RULE = { maxEvents: 100, easyEvents: 10, maxWaitMs: 400 }

function lineAt(start: number) {
  let now = start
  return { line: createWaitingLine(RULE, () => now), pass: (ms: number) => (now += ms) }
}

test('a line is not entered while the first in it has waited too long', () => {
  const { line, pass } = lineAt(0)
  const leave = line.enter('a', 20)!
  pass(399)
  expect(line.enter('a', 1)).toBeDefined()
  pass(1)
  expect(line.enter('a', 1)).toBeUndefined()
  leave()
  expect(line.enter('a', 1)).toBeDefined()
})

test('few may wait for any time', () => {
  const { line, pass } = lineAt(0)
  line.enter('a', 5)
  pass(60_000)
  expect(line.enter('a', 5)).toBeDefined()
  expect(line.enter('a', 1)).toBeUndefined()
})

test('the slower events leave, the fewer enter', () => {
  const { line, pass } = lineAt(0)
  const entered = () => {
    const leaving: (() => void)[] = []
    for (let leave = line.enter('a', 2); leave; leave = line.enter('a', 2)) leaving.push(leave)
    return leaving
  }
  for (const leave of entered()) {
    pass(40)
    leave()
  }
  expect(line.isShut('a')).toBe(false)
  // At 20 ms an event, 20 events take 400 ms.
  const slow = entered()
  expect([slow.length, line.isShut('a'), line.isShut('b')]).toEqual([10, true, false])
  for (const leave of slow) {
    pass(2)
    leave()
  }
  expect(entered().length).toBeGreaterThan(10)
})

test('a noisy source shuts out itself, not another', () => {
  const { line, pass } = lineAt(0)
  while (line.enter('noisy', 10));
  pass(5_000)
  expect([line.isShut('noisy'), line.isShut('quiet')]).toEqual([true, false])
  expect(line.enter('noisy', 1)).toBeUndefined()
  expect(line.enter('quiet', 5)).toBeDefined()
})

test('nobody enters a full line', () => {
  const { line } = lineAt(0)
  for (let i = 0; line.enter(`s${i}`, 10); i++);
  expect(line.isShut('new')).toBe(true)
  expect(line.enter('new', 1)).toBeUndefined()
})

propertyTest.prop([
  fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 40 }), fc.boolean())),
])('never do more wait than may, and who leaves, even twice, makes room', (visits) => {
  const { line, pass } = lineAt(0)
  const inside: { leave: () => void; events: number }[] = []
  for (const [source, events, leaves] of visits) {
    pass(50)
    const leave = line.enter(source, events)
    if (leave) inside.push({ leave, events })
    if (leaves) inside.splice(0, 1).forEach((one) => (one.leave(), one.leave()))
    expect(inside.reduce((sum, one) => sum + one.events, 0)).toBeLessThanOrEqual(RULE.maxEvents)
  }
  for (const { leave } of inside) leave()
  expect(line.enter('a', RULE.easyEvents)).toBeDefined()
  expect(line.enter('b', 40)).toBeDefined()
})

test('a room holds so much, and so much of each client', () => {
  const room = createByteRoom({ all: 100, each: 40 })
  const [first, second, other, local] = ['a', 'a', 'b', undefined].map((client) => room.enter(client))
  expect([first!.grow(30), second!.grow(11), second!.grow(10)]).toEqual([true, false, true])
  expect([other!.grow(40), local!.grow(21), local!.grow(20)]).toEqual([true, false, true])
  first!.leave()
  first!.leave()
  expect([local!.grow(31), second!.grow(30), local!.grow(1)]).toEqual([false, true, false])
  for (const seat of [second, other, local]) seat!.leave()
  expect(room.enter(undefined).grow(100)).toBe(true)
})
