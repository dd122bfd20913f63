import { expect, test } from 'vitest'
import { startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { profileId } from '../session/derived-id.ts'
import type { ProfileObject, ProfileSummary, SessionObject } from '@sojourn/protocol'

const NOW = Date.UTC(2024, 4, 30, 8)
const MINUTE = 60_000
type Profiles = { readonly profiles: readonly ProfileSummary[]; readonly next: string | null }

let count = 0
function event(minutesAgo: number, visitorId: string, more: object = {}): object {
  return { id: `e${count++}`, type: 'page', time: NOW - minutesAgo * MINUTE, visitorId, ...more }
}

async function profilesOf(service: TestService): Promise<readonly (string | undefined)[]> {
  const { profiles } = await service.read<Profiles>('/v1/profiles')
  return profiles.map(({ userId }) => userId)
}

test('one person on two devices is one profile, earlier anonymous events included', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(
    event(100, 'phone'),
    event(50, 'laptop', { userId: 'u-1', traits: { plan: 'free' } }),
  )
  expect(await profilesOf(service)).toEqual(['u-1', undefined])
  await service.sendEvents(
    event(40, 'phone', { type: 'identify', userId: 'u-1', traits: { plan: 'pro', age: 7 } }),
  )
  expect(await profilesOf(service)).toEqual(['u-1'])
  const profile = await service.read<ProfileObject>('/v1/profiles/u-1')
  expect(profile).toEqual({
    id: profileId({ kind: 'user', id: 'u-1' }),
    userId: 'u-1',
    firstSeen: new Date(NOW - 100 * MINUTE).toISOString(),
    lastSeen: new Date(NOW - 40 * MINUTE).toISOString(),
    sessions: 2,
    events: 3,
    duration: 600,
    points: 0,
    visitors: [
      {
        id: 'phone',
        firstSeen: new Date(NOW - 100 * MINUTE).toISOString(),
        lastSeen: new Date(NOW - 40 * MINUTE).toISOString(),
        events: 2,
      },
      {
        id: 'laptop',
        firstSeen: new Date(NOW - 50 * MINUTE).toISOString(),
        lastSeen: new Date(NOW - 50 * MINUTE).toISOString(),
        events: 1,
      },
    ],
    traits: { age: 7, plan: 'pro' },
  })
  expect(await service.read(`/v1/profiles/${profile.id}`)).toEqual(profile)
  const { sessions } = await service.read<{ sessions: SessionObject[] }>(
    `/v1/sessions?definition=cross-property&profile=${profile.id}&sort=start`,
  )
  expect(sessions.map(({ counts, profile: { userId } }) => [counts.events, userId])).toEqual([
    [1, 'u-1'],
    [2, 'u-1'],
  ])
})

test('two persons at one device stay two, and an id that names nobody links nobody', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(
    event(90, 'kiosk', { userId: 'u-1' }),
    event(80, 'kiosk', { userId: 'u-2' }),
    event(70, 'a', { userId: 'null' }),
    event(60, 'b', { userId: ' Undefined ' }),
  )
  expect(await profilesOf(service)).toEqual([undefined, undefined, 'u-2', 'u-1'])
  expect((await service.ask('/v1/profiles/null')).status).toBe(404)
})

test('the list comes in pages, and stays in order while sessions arrive', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(...[5, 4, 3, 2, 1].map((n) => event(n * 10, `v${n}`, { userId: `u-${n}` })))
  const first = await service.read<Profiles>('/v1/profiles?limit=2')
  await service.sendEvents(event(0, 'v9', { userId: 'u-9' }))
  const second = await service.read<Profiles>(`/v1/profiles?limit=2&cursor=${first.next}`)
  const third = await service.read<Profiles>(`/v1/profiles?limit=2&cursor=${second.next}`)
  const users = [first, second, third].map(({ profiles }) => profiles.map(({ userId }) => userId))
  expect(users).toEqual([['u-1', 'u-2'], ['u-3', 'u-4'], ['u-5']])
  expect(third.next).toBeNull()
  expect((await service.ask('/v1/profiles?cursor=nonsense')).status).toBe(400)
})

test('a person has the points of all their sessions, on every device', async () => {
  const service = await startTestService({}, () => NOW)
  await service.collector.store.putScoring({ rules: [{ match: { type: 'page' }, points: 4 }] })
  await service.sendEvents(
    event(100, 'phone', { userId: 'u-1' }),
    event(50, 'laptop', { userId: 'u-1' }),
    event(49, 'laptop', { userId: 'u-1', type: 'track', name: 'clicked' }),
    event(10, 'kiosk'),
  )
  const { profiles } = await service.read<Profiles>('/v1/profiles')
  expect(profiles.map(({ points }) => points)).toEqual([4, 8])
})

test('persons are found by how their id begins, and by the visitors they turned out to be', async () => {
  const service = await startTestService({}, () => NOW)
  await service.sendEvents(
    event(100, 'phone-1'),
    event(90, 'phone-1', { userId: 'Anna_42' }),
    event(80, 'tablet', { userId: 'bernd' }),
    event(75, 'kiosk', { userId: 'annabel' }),
    event(70, 'laptop-1'),
  )
  const ask = (query: string) => service.read<Profiles>(`/v1/profiles?search=${query}`)
  const found = async (query: string) => {
    const { profiles, next } = await ask(query)
    expect(next).toBeNull()
    return profiles.map(({ userId, events }) => [userId, events])
  }
  const anna = ['Anna_42', 2]
  expect(await found('ANNA')).toEqual([['annabel', 1], anna])
  expect(await found('ANNA&limit=1')).toEqual([['annabel', 1]])
  expect(await found('anna_')).toEqual([anna])
  expect(await found('Anna_42')).toEqual([anna])
  expect(await found('phone-1')).toEqual([anna])
  expect(await found('laptop-1')).toEqual([[undefined, 1]])
  for (const nobody of ['nna', '%25', '_', 'phone', 'Anna_421', 'annz', 'nobody'])
    expect(await found(nobody), nobody).toEqual([])
  expect((await service.ask('/v1/profiles?search=a&cursor=x')).status).toBe(400)

  const { id } = (await ask('laptop-1')).profiles[0]!
  for (const beginning of [id, id.slice(0, 8), id.slice(0, 9).toUpperCase(), id.replaceAll('-', '')])
    expect(
      (await ask(beginning)).profiles.map((each) => each.id),
      beginning,
    ).toEqual([id])
  expect(await found(id.slice(0, 3))).toEqual([])
  expect(await found(`${id}0`)).toEqual([])
})

test('a person is erased by the admin token alone, once, and what went is told', async () => {
  const service = await startTestService({ readToken: 'a-token-that-only-reads-0123' }, () => NOW)
  await service.sendEvents(
    event(100, 'phone'),
    event(90, 'phone', { type: 'identify', userId: 'u-1' }),
    event(10, 'tablet', { userId: 'u-2' }),
  )
  const id = profileId({ kind: 'user', id: 'u-1' })
  const readOnly = { Authorization: 'Bearer a-token-that-only-reads-0123' }
  const refused = await service.ask(`/v1/profiles/${id}`, { method: 'DELETE', headers: readOnly })
  expect(refused.status).toBe(403)
  const erased = await service.ask(`/v1/profiles/${id}`, { method: 'DELETE' })
  expect([erased.status, await erased.json()]).toEqual([200, { events: 2, sessions: 1, visitors: 1 }])
  for (const method of ['GET', 'DELETE'])
    expect((await service.ask(`/v1/profiles/${id}`, { method })).status).toBe(404)
  expect(await profilesOf(service)).toEqual(['u-2'])
  expect(await service.read('/v1/sessions?profile=u-1')).toMatchObject({ sessions: [] })
  expect(JSON.stringify(await service.read('/v1/events'))).not.toContain('phone')
})
