import { RULE_NAMES, START_REASONS } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { cutWords } from './cut-words.ts'

test('a cut says who made it: the definition by a rule, or the sender, who may have said why', () => {
  expect(cutWords({ rule: 'timeout' }, 'visits')).toBe(
    'visits began another session: no activity for the timeout',
  )
  expect(cutWords({ startReason: 'campaign' }, 'client')).toBe(
    'the sender began another session: arrived through another campaign',
  )
  expect(cutWords({}, 'client')).toBe('the sender began another session')
})

test('every reason has words', () => {
  for (const rule of RULE_NAMES) expect(cutWords({ rule }, 'visits')).not.toMatch(`: ${rule}$`)
  for (const startReason of START_REASONS)
    expect(cutWords({ startReason }, 'client')).not.toMatch(`: ${startReason}$`)
})
