// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import type { EventBatch, WireEvent } from '@sojourn/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clearCookies, showPage } from './tab.fixture.ts'
import type { Tracker } from './tracker.ts'

type Stub = { queue?: unknown[][] } & Partial<Record<keyof Tracker, (...all: unknown[]) => unknown>>
const page = window as Window & { sojourn?: Stub; sojournTrackers?: Record<string, Tracker> }
const batches: EventBatch[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    batches.push(JSON.parse(init.body as string) as EventBatch)
    return new Response('{}')
  })
  clearCookies()
  localStorage.clear()
  showPage(true)
  batches.length = 0
})
afterEach(() => {
  for (const tracker of Object.values(page.sojournTrackers ?? {})) tracker.stop()
  delete page.sojourn
  delete page.sojournTrackers
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Runs the script file as a browser does for a tag with these attributes. */
async function runTag(attributes: Readonly<Record<string, string>>): Promise<void> {
  const tag = document.createElement('script')
  tag.src = 'https://collect.example/sojourn.js'
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(`data-${name}`, value)
  vi.resetModules()
  Object.defineProperty(document, 'currentScript', { configurable: true, value: tag })
  try {
    await import('./script.ts')
  } finally {
    Reflect.deleteProperty(document, 'currentScript')
  }
}

/** The three lines that docs/sdk.md gives. */
function putStub(): Stub {
  const stub: Stub = (page.sojourn ??= { queue: [] })
  for (const name of [
    'page',
    'track',
    'identify',
    'reset',
    'startSession',
    'endSession',
    'onSession',
    'setConsent',
  ] as const)
    stub[name] ??= (...all) => stub.queue!.push([Date.now(), name, ...all])
  return stub
}

async function sent(): Promise<readonly WireEvent[]> {
  await vi.advanceTimersByTimeAsync(2_000)
  return batches.flatMap(({ events }) => events)
}

test('one line sends the first page view to where the file came from', async () => {
  const fetched = vi.fn(async (_: string) => new Response('{}'))
  vi.stubGlobal('fetch', fetched)
  await runTag({ 'write-key': 'pk_1' })
  await sent()
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['https://collect.example/v1/events'])
  expect(page.sojourn!.session!()).toMatchObject({ number: 1 })
})

test('calls of the stub are carried out in order, with their original time', async () => {
  const { track } = putStub()
  const early = Date.now()
  page.sojourn!.identify!('u-1')
  track!('early', { n: 1 })
  await vi.advanceTimersByTimeAsync(5_000)
  await runTag({ 'write-key': 'pk_1' })
  track!('kept_the_stub')
  page.sojourn!.track!('late')
  const events = await sent()
  expect(events.map(({ type, name, time, userId }) => [name ?? type, time - early, userId])).toEqual([
    ['identify', 0, 'u-1'],
    ['early', 0, 'u-1'],
    ['page', 5_000, 'u-1'],
    ['kept_the_stub', 5_000, 'u-1'],
    ['late', 5_000, 'u-1'],
  ])
})

test('the snippet twice sends once', async () => {
  await runTag({ 'write-key': 'pk_1' })
  await runTag({ 'write-key': 'pk_1' })
  page.sojourn!.track!('once')
  expect((await sent()).map(({ type }) => type)).toEqual(['page', 'track'])
})

test('two write keys send each their own, and the first keeps the name', async () => {
  await runTag({ 'write-key': 'pk_1' })
  await runTag({ 'write-key': 'pk_2' })
  page.sojourn!.track!('named')
  await sent()
  const typesOf = (key: string) =>
    batches.flatMap(({ writeKey, events }) => (writeKey === key ? events.map(({ type }) => type) : []))
  expect(typesOf('pk_1')).toEqual(['page', 'track'])
  expect(typesOf('pk_2')).toEqual(['page'])
})

test('a wrong attribute is said', async () => {
  await expect(runTag({ 'write-key': 'pk_1', timeout: '30m' })).rejects.toThrow(
    /timeout must be like 1800000/,
  )
})

test.each([
  [{ timeout: '60000' }, { timeoutMs: 60_000 }],
  [{ app: '{"name":"shop"}' }, { app: { name: 'shop' } }],
])('an attribute is an option: %j', async (attributes, expected) => {
  await runTag({ 'write-key': '42', ...(attributes as Record<string, string>) })
  await sent()
  expect(batches[0]!.writeKey).toBe('42')
  expect({ ...batches[0]!.context, ...batches[0]!.context!.sdk }).toMatchObject(expected)
})

test('attributes of other scripts are nothing to us', async () => {
  await runTag({ 'write-key': 'pk_1', cookieconsent: 'marketing' })
  expect(await sent()).toHaveLength(1)
})
