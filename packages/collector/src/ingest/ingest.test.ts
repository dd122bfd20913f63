import { expect, test } from 'vitest'
import type { SessionObject } from '../session/session-object.ts'
import { startTestService } from '../service.fixture.ts'

test('the whole path: a batch goes in, and its session comes out', async () => {
  const service = await startTestService()
  const time = Date.now()
  const answer = await service.sendEvents(
    {
      id: 'e1',
      type: 'page',
      time: time - 1_000,
      visitorId: 'v1',
      session: { id: 's1', number: 1 },
      page: { path: '/' },
    },
    { id: 'e2', type: 'track', name: 'buy', time, visitorId: 'v1', session: { id: 's1', number: 1 } },
  )
  expect(answer).toEqual({ accepted: 2, duplicates: 0, rejected: [] })
  const { sessions } = await service.read<{ sessions: SessionObject[] }>('/v1/sessions')
  expect(sessions).toHaveLength(1)
  expect(sessions[0]).toMatchObject({
    id: 's1',
    counts: { events: 2 },
    entry: { name: 'page_view', path: '/' },
  })
})
