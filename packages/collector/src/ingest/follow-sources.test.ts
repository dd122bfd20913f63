import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestService } from '../service.fixture.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'

const WITHIN = { timeout: 10_000, interval: 50 }

test('what another process does to the sources holds within a second or two', async () => {
  const service = await startTestService()
  const other = openSqliteStore({ path: service.dbPath })
  onTestFinished(() => other.close())
  const event = { type: 'page', time: Date.now(), visitorId: 'v' }
  let sent = 0
  const statusOf = async (writeKey: string) => {
    const events = [{ ...event, id: `e${++sent}` }]
    return (await service.send({ writeKey, sentAt: Date.now(), events })).status
  }

  expect(await statusOf('pk_late')).toBe(401)
  await other.addSource({ id: 'late', name: 'Late', type: 'docs', origins: [], writeKey: 'pk_late' })
  await vi.waitFor(async () => expect(await statusOf('pk_late')).toBe(200), WITHIN)
  const { sources } = await service.read<{ sources: { name: string }[] }>('/v1/sources')
  expect(sources.map(({ name }) => name)).toEqual(['Test', 'Late'])

  await other.removeSource('late')
  await vi.waitFor(async () => expect(await statusOf('pk_late')).toBe(401), WITHIN)
})
