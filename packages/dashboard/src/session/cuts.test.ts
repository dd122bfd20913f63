import type { SessionObject } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import type { StoredEvent } from '../api/event.ts'
import { cutsOf, stampCuts } from './cuts.ts'

const event = (id: string, stamp?: string, passive = false): StoredEvent =>
  ({ id, passive, ...(stamp === undefined ? {} : { session: { id: stamp } }) }) as StoredEvent
const session = (id: string, first: string, gapMs?: number): SessionObject =>
  ({
    id,
    startReason: 'timeout',
    why: { start: { event: first, ...(gapMs === undefined ? {} : { gapMs }) } },
  }) as SessionObject

test('another definition cuts where one of its sessions begins inside', () => {
  const events = ['a', 'b', 'c'].map((id) => event(id))
  expect([
    ...cutsOf(events, [session('s1', 'a'), session('s2', 'c', 9_000), session('s3', 'elsewhere')]),
  ]).toEqual([['c', { session: 's2', rule: 'timeout', gapMs: 9_000 }]])
})

test('a session of which it is not known why it began cuts nothing', () => {
  expect(cutsOf([event('a'), event('b')], [{ id: 's' } as SessionObject]).size).toBe(0)
})

test('senders cut where the id that events came with changes; passive and unstamped ones say nothing', () => {
  const events = [event('a', 's1'), event('b'), event('c', 's2', true), event('d', 's1'), event('e', 's2')]
  expect([...stampCuts(events)]).toEqual([['e', { session: 's2' }]])
})
