import type { SessionObject } from '@sojourn/protocol'
import { describe, expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { Source } from '../store/store.ts'
import { parseSource } from './parse-source.ts'

function post(service: TestService, body: unknown, type = 'application/json'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return service.ask('/v1/sources', { method: 'POST', headers: { 'Content-Type': type }, body: text })
}

test('a source is made, listed and removed', async () => {
  const service = await startTestService()
  const made = await post(service, {
    name: 'Shop',
    type: 'product',
    origins: ['HTTPS://Shop.Example:443/', 'https://shop.example'],
  })
  expect(made.status).toBe(201)
  const source = (await made.json()) as Source
  expect(source).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-/),
    name: 'Shop',
    type: 'product',
    origins: ['https://shop.example'],
    writeKey: expect.stringMatching(/^pk_[\w-]{24}$/),
  })
  const { sources } = await service.read<{ sources: Source[] }>('/v1/sources')
  expect(sources).toContainEqual(source)
  expect((await service.ask(`/v1/sources/${source.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await service.ask(`/v1/sources/${source.id}`, { method: 'DELETE' })).status).toBe(404)
})

test('a write key is taken once', async () => {
  const service = await startTestService()
  const source = { name: 'Shop', type: 'product', writeKey: 'pk_mine' }
  expect((await (await post(service, source)).json()) as Source).toMatchObject({
    writeKey: 'pk_mine',
    origins: [],
  })
  expect((await post(service, source)).status).toBe(409)
})

describe('a source that is there', () => {
  function patch(service: TestService, id: string, body: unknown): Promise<Response> {
    return service.ask(`/v1/sources/${id}`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
  const sendWith = async (service: TestService, writeKey: string) =>
    (await service.send({ writeKey, sentAt: Date.now(), events: [] })).status

  test('is changed where the body says so, keeps its key, and holds at once for what is sent', async () => {
    const service = await startTestService()
    await service.sendEvents({
      id: 'e',
      type: 'page',
      time: Date.now(),
      visitorId: 'v',
      session: { id: 's' },
    })
    const changed = await patch(service, 'test', { type: 'docs', origins: ['https://docs.example/'] })
    const source = {
      id: 'test',
      name: 'Test',
      type: 'docs',
      origins: ['https://docs.example'],
      writeKey: 'pk_test',
    }
    expect([changed.status, await changed.json()]).toEqual([200, source])
    expect(await service.read('/v1/sources')).toEqual({ sources: [source] })
    expect((await service.read<SessionObject>('/v1/sessions/s')).source.type).toBe('docs')
    const foreign = { Origin: 'https://shop.example' }
    expect((await service.send({ writeKey: 'pk_test', sentAt: 1, events: [] }, foreign)).status).toBe(403)
    expect(((await (await patch(service, 'test', { name: 'Papers' })).json()) as Source).origins).toEqual(
      source.origins,
    )
  })

  test('gets a new key by being rotated, and the old one ends at once', async () => {
    const service = await startTestService()
    const answer = await service.ask('/v1/sources/test/rotate', { method: 'POST' })
    const { writeKey, ...rest } = (await answer.json()) as Source
    expect([answer.status, rest]).toEqual([200, { id: 'test', name: 'Test', type: 'product', origins: [] }])
    expect(writeKey).toMatch(/^pk_[\w-]{24}$/)
    expect([await sendWith(service, 'pk_test'), await sendWith(service, writeKey)]).toEqual([401, 200])
  })

  test('is not changed by what is no change of a source', async () => {
    const service = await startTestService()
    for (const body of [{ writeKey: 'pk_mine' }, { id: 'other' }, { type: 'visits' }, { origins: ['x'] }, []])
      expect((await patch(service, 'test', body)).status).toBe(400)
    expect((await patch(service, 'never', { name: 'A' })).status).toBe(404)
    expect((await service.ask('/v1/sources/never/rotate', { method: 'POST' })).status).toBe(404)
    expect((await service.read<{ sources: Source[] }>('/v1/sources')).sources).toHaveLength(1)
  })
})

test('everything that is wrong is said at once', async () => {
  const answer = await post(await startTestService(), {
    name: '',
    type: 'Product!',
    origins: ['https://shop.example/path', 7],
    writeKey: 'a b',
    colour: 'red',
  })
  const { type, errors } = await problemOf(answer)
  expect([answer.status, type]).toEqual([400, 'urn:sojourn:problem:bad_source'])
  expect(errors).toHaveLength(6)
})

test('a type that has the name of a definition is refused', async () => {
  const service = await startTestService()
  for (const type of ['visits', 'client', 'what-if'])
    expect((await problemOf(await post(service, { name: 'Shop', type }))).detail).toContain(
      'type must not be',
    )
})

test.each([
  ['no JSON', '{', 'application/json', 400],
  ['a list', '[]', 'application/json', 400],
  ['another type', '{}', 'text/plain', 415],
  ['another charset', '{}', 'application/json; charset=latin1', 415],
  ['100 KiB', 'x'.repeat(100_000), 'application/json', 413],
])('%s is refused', async (_, body, type, status) => {
  const service = await startTestService()
  const answer = await post(service, body, type)
  expect([answer.status, (await problemOf(answer)).status]).toEqual([status, status])
  expect(service.logged()).not.toContain('"level":50')
})

describe('what is an origin', () => {
  const origins = (value: unknown) => {
    const parsed = parseSource({ name: 'a', type: 'docs', origins: value })
    return parsed.ok ? parsed.source.origins : parsed.errors.length
  }
  test.each([
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://SHOP.example:80', 'http://shop.example'],
    ['https://[::1]:8443', 'https://[::1]:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s is written %s', (given, origin) => {
    expect(origins([given])).toEqual([origin])
  })

  test.each([
    '*',
    'null',
    '',
    'shop.example',
    'https://*.shop.example',
    'https://shop.example/a',
    'https://shop.example?x',
    'https://user@shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'https://',
    ['https://shop.example'],
  ])('%j is none', (given) => {
    expect(origins([given])).toBe(1)
  })

  test('a list has to be a list, and not a long one', () => {
    expect(origins('https://shop.example')).toBe(1)
    expect(origins(Array(101).fill('https://shop.example'))).toBe(1)
  })
})
