import { RULE_NAMES, START_REASONS } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { endReasonWords, startReasonWords } from './session-words.ts'

test('every reason to begin or to end has a sentence', () => {
  for (const startReason of [...START_REASONS, ...RULE_NAMES])
    expect(startReasonWords({ startReason })).not.toBe(startReason)
  for (const endReason of RULE_NAMES) expect(endReasonWords({ endReason })).not.toBe(endReason)
})

test('the pause that decided is told', () => {
  const why = { start: { event: 'b', gapMs: 1_800_000 }, end: { event: 'c', gapMs: 7_200_000 } }
  expect(startReasonWords({ startReason: 'timeout', why })).toContain('(30m without activity)')
  expect(endReasonWords({ endReason: 'timeout', why })).toContain('(2h without activity)')
})

test('says nothing where nothing is known', () => {
  expect([startReasonWords({}), endReasonWords({})]).toEqual([undefined, undefined])
})
