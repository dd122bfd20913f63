import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WRITE_KEY, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import type { EventObject } from '../query/event-object.ts'
import type { SessionObject } from '@sojourn/protocol'
import { CONTROL_TEXTS, HOSTILE_TEXTS, hostileContext, hostileEvent } from './hostile.fixture.ts'

const READ_ROUTES = [
  '/v1/sessions?limit=500',
  '/v1/sessions.csv',
  '/v1/sessions.ndjson',
  '/v1/events?limit=500',
  '/v1/metrics/entries',
  '/v1/metrics/exits',
  '/v1/metrics/campaigns',
  '/v1/metrics/sources',
  '/v1/metrics/devices',
  '/v1/metrics/paths',
  '/v1/metrics/timeseries',
  '/v1/health',
  '/metrics',
]
/** Types that no browser runs or renders as a page. */
const INERT = /^(application\/(json|problem\+json|x-ndjson)|text\/(csv|plain|event-stream))/

async function sendHostile(
  service: TestService,
  id: string,
  text: string,
  idText?: string,
): Promise<unknown> {
  const events = [hostileEvent(id, text, idText)]
  const answer = await service.send({
    writeKey: WRITE_KEY,
    sentAt: Date.now(),
    context: hostileContext(text),
    events,
  })
  return answer.json()
}

describe('what senders write', () => {
  let service: TestService
  let end: () => Promise<void>
  afterAll(() => end())
  beforeAll(async () => {
    service = await startTestService({}, Date.now, (stop) => (end = stop))
    for (const [i, text] of HOSTILE_TEXTS.entries())
      expect(await sendHostile(service, `e${i}`, text)).toMatchObject({ accepted: 1, rejected: [] })
    for (const [i, text] of CONTROL_TEXTS.entries())
      expect(await sendHostile(service, `c${i}`, text, `v${i}`)).toMatchObject({ accepted: 1, rejected: [] })
  })

  test('comes back as it was, in its own place', async () => {
    const { events } = await service.read<{ events: EventObject[] }>('/v1/events?limit=500')
    for (const [i, text] of HOSTILE_TEXTS.entries()) {
      const { name, visitorId, tags, page, campaign, properties } = events.find(({ id }) => id === `e${i}`)!
      expect({ name, visitorId, tags, page, campaign }).toEqual({
        name: text,
        visitorId: text,
        tags: [text, `tag ${text}`],
        page: { url: text, path: text, title: text, referrer: text },
        campaign: { source: text, medium: text, name: text, term: text, content: text },
      })
      expect(Object.entries(properties!)).toContainEqual([text, text])
    }
    expect({}).not.toHaveProperty('nested')
  })

  test.each(READ_ROUTES)('is never a page, a script or a header at %s', async (route) => {
    const answer = await service.ask(route)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(INERT)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await answer.text()).not.toBe('')
  })

  test('can be asked for, and finds just what it is', async () => {
    for (const text of HOSTILE_TEXTS) {
      const value = encodeURIComponent(text)
      for (const filter of [
        'event',
        'tag',
        'visitor',
        'path',
        'utm_source',
        'entry',
        'exitPath',
        'profile',
      ]) {
        const sought = filter === 'profile' ? encodeURIComponent(`user ${text}`) : value
        const { sessions } = await service.read<{ sessions: SessionObject[] }>(
          `/v1/sessions?${filter}=${sought}`,
        )
        expect([filter, text, sessions.map(({ id }) => id)]).toEqual([filter, text, [`session ${text}`]])
      }
      const id = encodeURIComponent(`session ${text}`)
      expect(await service.read(`/v1/sessions/${id}`)).toMatchObject({ visitor: { id: text } })
      expect(await service.read(`/v1/sessions/${id}/events`)).toMatchObject({ events: [{ name: text }] })
    }
  })

  test('breaks no line of an export', async () => {
    const ndjson = await (await service.ask('/v1/sessions.ndjson')).text()
    const lines = ndjson.trimEnd().split('\n')
    expect(lines).toHaveLength(HOSTILE_TEXTS.length + CONTROL_TEXTS.length)
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('id')
    const csv = await (await service.ask('/v1/sessions.csv')).text()
    expect(csv).not.toMatch(/(^|,)"?[=+@＝]/m)
  })

  test('never reaches the log', () => {
    expect(service.logged()).not.toMatch(/alert|evil|forged|red|drop table|\u001b|\\u001b|passwd/)
  })
})

test.each(CONTROL_TEXTS)(
  'an id that could forge a line is refused, and what is told of it stays JSON: %j',
  async (text) => {
    const service = await startTestService()
    const answer = await service.send({
      writeKey: WRITE_KEY,
      sentAt: Date.now(),
      events: [hostileEvent(text, 'name', 'v1'), hostileEvent('ok', 'name', 'v1')],
    })
    expect(await answer.json()).toMatchObject({ accepted: 1, rejected: [{ index: 0, reason: 'bad_id' }] })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(service.logged()).not.toMatch(/evil|forged|\u001b/)
  },
)

test('a megabyte of text is refused in milliseconds, and a page of it repeats none of it', async () => {
  const service = await startTestService()
  const text = 'A'.repeat(1024 * 1024)
  const answers = [
    await service.send({ writeKey: WRITE_KEY, sentAt: Date.now(), events: [hostileEvent('e1', text)] }),
    await service.send({ writeKey: text, sentAt: Date.now(), events: [] }),
    await service.ask('/v1/sources', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: text,
    }),
  ]
  for (const answer of answers) {
    expect([400, 413]).toContain(answer.status)
    expect(JSON.stringify(await problemOf(answer)).length).toBeLessThan(1_000)
  }
})

test('an error holds an id and a sentence, and nothing of the request', async () => {
  const service = await startTestService()
  const secret = 'hunter2-from-the-request'
  const answers = [
    await service.send(`{"writeKey": "${secret}`),
    await service.send({ writeKey: secret, sentAt: Date.now(), events: [] }),
    await service.ask(`/v1/${secret}`),
    await service.ask(`/v1/sessions/${secret}`),
    await fetch(`${service.url}/v1/sessions`, { headers: { Authorization: `Bearer ${secret}` } }),
    await fetch(`${service.url}/v1/login`, { method: 'POST', body: `{"token":"${secret}` }),
    await fetch(`${service.url}/${secret}`),
  ]
  for (const answer of answers) {
    const document = await problemOf(answer)
    expect(Object.keys(document).sort()).toEqual(['detail', 'requestId', 'status', 'title', 'type'])
    expect(JSON.stringify(document)).not.toContain(secret)
  }
  expect(service.logged()).not.toContain(secret)
})
