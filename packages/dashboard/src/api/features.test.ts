import { afterEach, expect, test, vi } from 'vitest'
import { loadFeatures } from './features.ts'

afterEach(() => void vi.unstubAllGlobals())

test('reads what there is from the description of the API', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ paths: { '/v1/health': {}, '/v1/metrics/timeseries': {}, '/v1/constructor': {} } }),
  )
  expect([...(await loadFeatures())].sort()).toEqual(['health', 'metrics'])
})

test('asks for each where there is no description, without reading a stream or an export', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url}`)
    if (url.includes('events/live')) return new Response(null, { status: 200 })
    return new Response(null, { status: url.includes('sessions.csv') ? 400 : 404 })
  })
  expect([...(await loadFeatures())].sort()).toEqual(['exports', 'liveEvents'])
  expect(
    asked.filter((request) => !request.includes('openapi')).every((request) => request.startsWith('HEAD')),
  ).toBe(true)
})
