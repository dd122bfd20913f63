import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { MAX_BATCH_EVENTS } from '@sojourn/protocol'
import type { IngestAnswer } from '@sojourn/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventObject } from '../query/event-object.ts'
import { WRITE_KEY, problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

/** "In milliseconds", with room for a busy machine. */
const SOON_MS = 3_000
const NOW = Date.now()
const good = (id: string, more: object = {}) => ({ id, type: 'page', time: NOW, visitorId: 'v1', ...more })
const batch = (...events: unknown[]) => ({ writeKey: WRITE_KEY, sentAt: NOW, events })

let service: TestService
let startedAt: number
beforeEach(async () => {
  service = await startTestService()
  startedAt = performance.now()
})
afterEach(() => {
  expect(performance.now() - startedAt).toBeLessThan(SOON_MS)
})

/** What a refusal may never hold, and a fault of ours would leave in the log. */
async function refused(answer: Response): Promise<{ status: number; kind: string; detail: string }> {
  const document = await problemOf(answer)
  expect(JSON.stringify(document)).not.toMatch(/\n|node_modules|\.ts|SQLITE|at \w+ \(/)
  expect(document).toMatchObject({
    status: answer.status,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(service.logged()).not.toContain('"level":50')
  return {
    status: answer.status,
    kind: document.type.replace('urn:sojourn:problem:', ''),
    detail: document.detail,
  }
}

async function storedIds(): Promise<string[]> {
  const { events } = await service.read<{ events: EventObject[] }>('/v1/events?limit=500')
  return events.map(({ id }) => id).sort()
}

describe('what is refused as a whole', () => {
  test.each([
    ['not JSON', 'hello', 400, 'not_json'],
    ['nothing', '', 400, 'not_json'],
    ['JSON that ends in the middle', JSON.stringify(batch(good('e1'))).slice(0, -10), 400, 'not_json'],
    ['no UTF-8', Buffer.from(JSON.stringify(batch(good('caf\u00e9'))), 'latin1'), 400, 'not_json'],
    ['a list', '[]', 400, 'not_a_batch'],
    ['null', 'null', 400, 'not_a_batch'],
    ['brackets 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400, 'not_a_batch'],
    ['no write key', { sentAt: NOW, events: [] }, 400, 'not_a_batch'],
    ['no sentAt', { writeKey: WRITE_KEY, events: [] }, 400, 'not_a_batch'],
    ['events that are no list', { ...batch(), events: { length: 1 } }, 400, 'not_a_batch'],
    [
      '501 events',
      batch(...Array.from({ length: MAX_BATCH_EVENTS + 1 }, (_, n) => good(`e${n}`))),
      400,
      'not_a_batch',
    ],
    ['an unknown write key', { ...batch(good('e1')), writeKey: 'pk_other' }, 401, 'unknown_write_key'],
    [
      'a write key that is a key of objects',
      { ...batch(good('e1')), writeKey: '__proto__' },
      401,
      'unknown_write_key',
    ],
    ['600 KiB', 'x'.repeat(600 * 1024), 413, 'too_large'],
  ])('%s', async (_, body, status, kind) => {
    expect(await refused(await service.send(body))).toMatchObject({ status, kind })
    expect(await storedIds()).toEqual([])
  })

  test.each([
    ['a gzip bomb', gzipSync(Buffer.alloc(200 * 1024 * 1024)), { 'Content-Encoding': 'gzip' }, 413],
    [
      'gzip cut off in the middle',
      gzipSync(JSON.stringify(batch())).subarray(0, 30),
      { 'Content-Encoding': 'gzip' },
      400,
    ],
    ['gzip that is none', 'hello', { 'Content-Encoding': 'gzip' }, 400],
    ['an unknown encoding', 'x', { 'Content-Encoding': 'br' }, 415],
    ['an encoding twice', 'x', { 'Content-Encoding': 'gzip, gzip' }, 415],
    ['another charset', '{}', { 'Content-Type': 'text/plain; charset=utf-16' }, 415],
    ['another type', '<a/>', { 'Content-Type': 'application/xml' }, 415],
  ])('%s', async (_, body, headers, status) => {
    // Packing 200 MB took its own time.
    startedAt = performance.now()
    expect(await refused(await service.send(body, headers as Record<string, string>))).toMatchObject({
      status,
    })
  })

  test('an unknown encoding is told which one is known', async () => {
    const answer = await service.send('x', { 'Content-Encoding': 'zstd' })
    expect(answer.headers.get('accept-encoding')).toBe('gzip')
  })
})

describe('one bad event never costs its neighbours', () => {
  test.each([
    ['a wrong type', { id: 7 }, 'bad_id'],
    ['no object', 'text', 'not_an_object'],
    ['33 KiB', good('big', { properties: { text: 'x'.repeat(33 * 1024) } }), 'too_large'],
    ['the year 1', good('x', { time: Date.UTC(1, 0) - 6e13 }), 'bad_time'],
    ['the year 9999', good('x', { time: Date.UTC(9999, 0) }), 'bad_time'],
    ['a time below zero', good('x', { time: -1 }), 'bad_time'],
    ['a time that is a text', good('x', { time: '2024-05-30' }), 'bad_time'],
    ['properties that nest too deep', good('x', { properties: nested(40) }), 'too_deep'],
    ['an id with a line break', good('x\ny'), 'bad_id'],
  ])('%s in one event among fifty', async (_, bad, reason) => {
    const events: unknown[] = Array.from({ length: 49 }, (__, n) => good(`e${n}`))
    events.splice(20, 0, bad)
    const answer = await service.send(batch(...events))
    expect(answer.status).toBe(200)
    const told = (await answer.json()) as IngestAnswer
    expect(told).toMatchObject({ accepted: 49, duplicates: 0, rejected: [{ index: 20, reason }] })
    expect(await storedIds()).toHaveLength(49)
  })

  test('a fraction of a millisecond is dropped, not the event', async () => {
    expect(await service.sendEvents(good('e1', { time: NOW - 0.4 }))).toMatchObject({ accepted: 1 })
    const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
    expect(events[0]?.time).toBe(NOW - 1)
  })

  test('__proto__, constructor and toString are names like any other', async () => {
    const text = `{"writeKey":"${WRITE_KEY}","sentAt":${NOW},"__proto__":{"events":[]},"events":[{"id":"e1","type":"track","name":"constructor",
      "time":${NOW},"visitorId":"toString","tags":["__proto__"],"properties":{"__proto__":{"polluted":1},"constructor":2,"hasOwnProperty":3}}]}`
    expect(await (await service.send(text)).json()).toMatchObject({ accepted: 1 })
    const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
    expect(events[0]).toMatchObject({ name: 'constructor', visitorId: 'toString', tags: ['__proto__'] })
    expect(Object.entries(events[0]!.properties!)).toEqual([
      ['__proto__', { polluted: 1 }],
      ['constructor', 2],
      ['hasOwnProperty', 3],
    ])
    expect({}).not.toHaveProperty('polluted')
  })

  test('lone surrogates and NUL characters become U+FFFD', async () => {
    const text = JSON.stringify(
      batch(good('e1', { page: { title: 'a\u0000b' }, properties: { 'k\u0000': 'x' } })),
    )
    const answer = await service.send(text.replace('"x"', '"\\ud800"'))
    expect(await answer.json()).toMatchObject({ accepted: 1 })
    const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
    expect(events[0]).toMatchObject({ page: { title: 'a\ufffdb' }, properties: { 'k\ufffd': '\ufffd' } })
  })

  test('texts that are markup, formulas or commands are kept as they are, and reach no log', async () => {
    const text = `<script>alert(1)</script> ' OR 1=1 -- =HYPERLINK("x") \u202e\u001b[31m`
    await service.sendEvents(
      good('e1', { type: 'track', name: text, properties: { text }, page: { url: `javascript:${text}` } }),
    )
    const { events } = await service.read<{ events: EventObject[] }>('/v1/events')
    expect(events[0]).toMatchObject({ name: text, properties: { text } })
    expect(service.logged()).not.toContain('alert')
  })
})

describe('on the wire', () => {
  const { stringify } = JSON

  test('a body that is over the limit by its own account is answered before it comes', async () => {
    const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n'
    expect(await raw(head, 'too_large')).toMatch(/^HTTP\/1.1 413 /)
  })

  test('and so is one that asks first', async () => {
    const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n'
    expect(await raw(`${head}Content-Length: 10000000\r\n\r\n`, 'too_large')).toMatch(/^HTTP\/1.1 413 /)
    expect(await raw(`${head}Content-Length: 5\r\n\r\nhello`, 'not_json')).toMatch(
      /^HTTP\/1.1 100 .*HTTP\/1.1 400 /s,
    )
  })

  test('a body that says nothing of its length ends at the limit', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const head = 'POST /v1/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await raw(head + chunk.repeat(12), 'too_large')).toMatch(/^HTTP\/1.1 413 /)
  })

  test('a body cut off in the middle stores nothing and fails nothing', async () => {
    const body = stringify(batch(good('e1')))
    const head = `POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    expect(await raw(head + body.slice(0, 50), 'urn:sojourn:problem:bad_request', 'end')).toMatch(
      /^HTTP\/1.1 400 /,
    )
    expect(await raw(head + body.slice(0, 50), 'HTTP', 'reset')).toBe('')
    expect(await service.sendEvents(good('e2'))).toMatchObject({ accepted: 1 })
    expect(await storedIds()).toEqual(['e2'])
    expect(service.logged()).not.toContain('"level":50')
  })

  test('what is no HTTP, and headers without end', async () => {
    expect(await raw('hello\r\n\r\n', 'bad_request')).toMatch(/^HTTP\/1.1 400 /)
    const long = `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`
    expect(await raw(long, 'headers_too_large')).toMatch(/^HTTP\/1.1 431 /)
  })

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('%s stores nothing', async (method) => {
    const body = method === 'GET' ? null : stringify(batch(good('e1')))
    const answer = await fetch(`${service.url}/v1/events`, { method, body })
    expect([401, 404]).toContain(answer.status)
    expect(await storedIds()).toEqual([])
  })

  /** Writes bytes to the service and resolves to what comes back, once it holds `until` or the service closes. */
  function raw(bytes: string, until: string, after?: 'end' | 'reset'): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
      let answer = ''
      socket.on('data', (chunk) => {
        answer += String(chunk)
        if (answer.includes(until)) socket.destroy()
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(answer))
      socket.write(bytes, () => {
        if (after === 'end') socket.end()
        if (after === 'reset') setTimeout(() => socket.resetAndDestroy(), 20)
      })
    })
  }
})

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1) }
}
