import { afterEach, expect, test, vi } from 'vitest'
import { apiUrl, change, isOffered, read, remove } from './request.ts'

afterEach(() => void vi.unstubAllGlobals())

function answering(response: () => Response | Promise<Response>): void {
  vi.stubGlobal('fetch', async () => response())
}

test('leaves out parameters that are not set', () => {
  expect(apiUrl('sessions', { device: 'mobile', from: undefined, tag: '', limit: 0 })).toBe(
    'v1/sessions?device=mobile&limit=0',
  )
})

test('gives back the value', async () => {
  answering(() => Response.json({ sessions: [] }))
  expect(await read('sessions')).toEqual({ ok: true, value: { sessions: [] } })
})

test('an empty answer is a value, too', async () => {
  answering(() => new Response(null, { status: 204 }))
  expect(await change('DELETE', 'sources/1')).toEqual({ ok: true, value: undefined })
})

test('what is not there any more is removed as well; what is refused is not', async () => {
  for (const [status, ok] of [
    [204, true],
    [404, true],
    [403, false],
    [503, false],
  ] as const) {
    answering(() => new Response(null, { status }))
    expect((await remove('sources/1')).ok, String(status)).toBe(ok)
  }
})

test.each([
  [400, 'refused'],
  [401, 'signed-out'],
  [403, 'refused'],
  [404, 'missing'],
  [409, 'refused'],
  [429, 'busy'],
  [500, 'broken'],
  [501, 'missing'],
  [503, 'busy'],
])('%d is %s, in the words of the collector', async (status, kind) => {
  answering(() => Response.json({ title: 'T', detail: 'Say it so.' }, { status }))
  expect(await read('x')).toMatchObject({ ok: false, problem: { kind, status, message: 'Say it so.' } })
})

test('all that is wrong, and which of several causes it was, are told apart', async () => {
  answering(() => Response.json({ detail: 'a b', errors: ['a', 7, 'b'] }, { status: 400 }))
  expect(await read('x')).toMatchObject({ problem: { kind: 'refused', message: 'a b', errors: ['a', 'b'] } })
  answering(() => Response.json({ detail: '8 %', reason: 'still_telling' }, { status: 503 }))
  expect(await read('x')).toMatchObject({ problem: { kind: 'telling', message: '8 %' } })
  answering(() => Response.json({ type: 'urn:sojourn:problem:read_only', detail: 'No.' }, { status: 403 }))
  expect(await read('x')).toMatchObject({ problem: { kind: 'read-only', message: 'No.' } })
})

test('an answer that is no JSON is a fault of the collector', async () => {
  answering(() => new Response('<html>'))
  expect(await read('x')).toMatchObject({ ok: false, problem: { kind: 'broken' } })
})

test('no answer is a problem, and an abort is none', async () => {
  answering(() => Promise.reject(new TypeError('failed')))
  expect(await read('x')).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
  const aborter = new AbortController()
  aborter.abort()
  await expect(read('x', {}, aborter.signal)).rejects.toThrow('failed')
})

test('a path is offered when it answers, or refuses what it was asked with; else it is not', async () => {
  for (const [status, isThere] of [
    [200, true],
    [400, true],
    [404, false],
    [501, false],
    [503, false],
  ] as const) {
    answering(() => new Response(null, { status }))
    expect(await isOffered('x')).toBe(isThere)
  }
  answering(() => Promise.reject(new TypeError('failed')))
  expect(await isOffered('x')).toBe(false)
})
