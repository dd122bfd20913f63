import { expect, test } from 'vitest'
import { sendersOf } from './senders.ts'

test('each browser is asked for once, and a user only where no browser sent', () => {
  expect(
    sendersOf([
      { visitorId: 'a' },
      { visitorId: 'a', userId: 'u' },
      { visitorId: 'b', userId: 'u' },
      { userId: 'server' },
      { userId: 'server' },
    ]),
  ).toEqual([{ visitor: 'a' }, { visitor: 'b' }, { profile: 'server' }])
})
