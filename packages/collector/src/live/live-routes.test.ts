import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { EventObject } from '../query/event-object.ts'
import { ADMIN_TOKEN, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import { MAX_STREAMS, MOST_BEHIND } from './live-desk.ts'

interface Message<Data> {
  readonly id: string
  readonly event?: string
  readonly data: Data
}

/** Messages of a stream as they come; the stream ends when the test does. */
async function follow<Data>(service: TestService, path: string, headers: Record<string, string> = {}) {
  const aborter = new AbortController()
  onTestFinished(() => aborter.abort())
  const answer = await service.ask(path, { headers, signal: aborter.signal })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const messages: Message<Data>[] = []
  let isEnded = false
  const read = async () => {
    let rest = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
        if ('data' in fields)
          messages.push({ ...fields, data: JSON.parse(String(fields['data'])) } as Message<Data>)
      }
    }
  }
  const done = read()
    .catch(() => undefined)
    .then(() => (isEnded = true))
  return { messages, done, isEnded: () => isEnded, stop: () => aborter.abort() }
}

const event = (id: string, more: object = {}) => ({
  id,
  type: 'page',
  time: Date.now(),
  visitorId: 'v1',
  session: { id: 's1' },
  ...more,
})
const idsOf = (messages: readonly Message<{ id: string }>[]) => messages.map(({ data }) => data.id)

test('events come once they are stored, each once, as /v1/events answers them', async () => {
  const service = await startTestService()
  await service.sendEvents(event('before'))
  const { messages } = await follow<EventObject>(service, '/v1/events/live')
  await service.sendEvents(
    event('a'),
    event('b', { properties: { text: 'two\nlines\r\n\n  and\u2028more' } }),
  )
  await service.sendEvents(event('a'), event('c'))
  await vi.waitFor(() => expect(idsOf(messages)).toEqual(['a', 'b', 'c']))
  const { events } = await service.read<{ events: EventObject[] }>('/v1/events?limit=3')
  expect(messages.map(({ data }) => data)).toEqual(expect.arrayContaining(events))
})

test('what a commit refused is never shown', async () => {
  const service = await startTestService()
  const { messages } = await follow<EventObject>(service, '/v1/events/live')
  await service.sendEvents(event('bad', { type: 'nothing' }), event('good'))
  await vi.waitFor(() => expect(idsOf(messages)).toEqual(['good']))
})

test('filters of source, name, visitor and tag', async () => {
  const service = await startTestService()
  await service.collector.sources.add({
    id: 'blog',
    name: 'Blog',
    type: 'marketing',
    origins: [],
    writeKey: 'pk_blog',
  })
  const blog = await follow<EventObject>(service, '/v1/events/live?source=Blog')
  const named = await follow<EventObject>(service, '/v1/events/live?name=bought&visitor=v1&tag=cta')
  await service.sendEvents(event('a'), event('b', { type: 'track', name: 'bought', tags: ['cta'] }))
  await service.send({ writeKey: 'pk_blog', sentAt: Date.now(), events: [event('c')] })
  await vi.waitFor(() => expect([idsOf(blog.messages), idsOf(named.messages)]).toEqual([['c'], ['b']]))
})

test('a reader that was cut off goes on after the last event it had', async () => {
  const service = await startTestService()
  const first = await follow<EventObject>(service, '/v1/events/live')
  await service.sendEvents(event('a'), event('b'))
  await vi.waitFor(() => expect(idsOf(first.messages)).toEqual(['a', 'b']))
  first.stop()
  await service.sendEvents(event('c'), event('d'))
  const second = await follow<EventObject>(service, '/v1/events/live', {
    'Last-Event-ID': first.messages[0]!.id,
  })
  await service.sendEvents(event('e'))
  await vi.waitFor(() => expect(idsOf(second.messages)).toEqual(['b', 'c', 'd', 'e']))
})

test('a reader that was away for long is told that it missed something', async () => {
  const service = await startTestService()
  const first = await follow<EventObject>(service, '/v1/events/live')
  await service.sendEvents(event('a'))
  await vi.waitFor(() => expect(first.messages).toHaveLength(1))
  first.stop()
  for (let part = 0; part < 3; part++)
    await service.sendEvents(...Array.from({ length: 400 }, (_, i) => event(`${part}-${i}`)))
  const second = await follow<EventObject>(service, '/v1/events/live', {
    'Last-Event-ID': first.messages[0]!.id,
  })
  await vi.waitFor(() => expect(second.messages).toHaveLength(MOST_BEHIND + 1))
  expect(second.messages[0]).toMatchObject({ event: 'gap', data: {} })
  expect(second.messages.at(-1)!.data.id).toBe('2-399')
})

test.each(['nonsense', '-1', '99999999999999', '1 or 1=1'])(
  'Last-Event-ID %s begins with what is stored next',
  async (id) => {
    const service = await startTestService()
    await service.sendEvents(event('before'))
    const { messages } = await follow<EventObject>(service, '/v1/events/live', { 'Last-Event-ID': id })
    await service.sendEvents(event('a'))
    await vi.waitFor(() => expect(idsOf(messages)).toEqual(['a']))
  },
)

test('sessions come as they are now, once for the events that came together', async () => {
  const service = await startTestService()
  const { messages } = await follow<SessionObject>(service, '/v1/sessions/live')
  await service.sendEvents(
    event('a'),
    event('b'),
    event('c', { visitorId: 'v2', session: { id: 's2' } }),
    event('d'),
  )
  await vi.waitFor(() => expect(idsOf(messages)).toEqual(['s2', 's1']))
  expect(messages[1]!.data).toEqual(await service.read('/v1/sessions/s1'))
  await service.sendEvents(event('e'))
  await vi.waitFor(() => expect(messages.at(-1)!.data.counts.events).toBe(4))
  expect(idsOf(messages)).toEqual(['s2', 's1', 's1'])
})

test('sessions come under any definition, and one that is not there is refused before there is a stream', async () => {
  const service = await startTestService()
  const path = '/v1/sessions/live?definition=cross-property'
  const { messages } = await follow<SessionObject>(service, path)
  await service.sendEvents(
    event('a', { userId: 'u1' }),
    event('b', { visitorId: 'v2', session: { id: 's2' } }),
  )
  await vi.waitFor(() => expect(messages).toHaveLength(2))
  // The second visitor turns out to be the first one's user: one session, which has gained an event.
  await service.sendEvents(event('c', { visitorId: 'v2', userId: 'u1', type: 'identify' }))
  await vi.waitFor(() => expect(messages.at(-1)!.data.counts.events).toBe(3))
  const last = messages.at(-1)!.data
  expect([last.definition, last.profile.userId]).toEqual(['cross-property', 'u1'])
  expect(last).toEqual(await service.read(`/v1/sessions/${last.id}?definition=cross-property`))
  const answer = await service.ask('/v1/sessions/live?definition=nothing')
  expect([answer.status, (await problemOf(answer)).detail]).toEqual([
    400,
    expect.stringContaining('definition'),
  ])
})

test('streams need the token, take no unknown parameter, and are no more than a collector bears', async () => {
  const service = await startTestService()
  expect((await fetch(`${service.url}/v1/events/live`)).status).toBe(401)
  expect((await problemOf(await service.ask('/v1/events/live?limit=5'))).detail).toContain('limit')
  expect((await problemOf(await service.ask('/v1/sessions/live?name=x'))).detail).toContain('name')
  const streams = await Promise.all(
    Array.from({ length: MAX_STREAMS }, () => follow(service, '/v1/events/live')),
  )
  const refused = await service.ask('/v1/events/live')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
  streams[0]!.stop()
  await vi.waitFor(async () => {
    const aborter = new AbortController()
    const { status } = await service.ask('/v1/events/live', { signal: aborter.signal })
    aborter.abort()
    expect(status).toBe(200)
  })
  expect((await service.ask('/v1/events/live', { method: 'HEAD' })).status).toBe(200)
})

test('a service that stops ends its streams at once', async () => {
  const service = await startTestService()
  const { done, isEnded } = await follow(service, '/v1/events/live')
  expect(isEnded()).toBe(false)
  const before = performance.now()
  await service.close()
  await done
  expect(performance.now() - before).toBeLessThan(2_000)
  expect(service.logged()).not.toContain('"level":50')
})

test('a reader that reads nothing holds back nobody else', async () => {
  const service = await startTestService()
  const { port, hostname } = new URL(service.url)
  const silent = connect(Number(port), hostname)
  onTestFinished(() => void silent.destroy())
  await once(silent, 'connect')
  silent.write(`GET /v1/events/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`)
  silent.pause()
  const { messages } = await follow<EventObject>(service, '/v1/events/live')
  const big = { properties: { text: 'x'.repeat(20_000) } }
  for (let part = 0; part < 20; part++)
    await service.sendEvents(...Array.from({ length: 20 }, (_, i) => event(`${part}-${i}`, big)))
  await vi.waitFor(() => expect(messages).toHaveLength(400), 10_000)
})
