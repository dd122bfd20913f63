import { fc, test as propertyTest } from '@fast-check/vitest'
import { toWellFormed } from '@sojourn/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TIMESERIES_PARAMETERS } from '../metrics/metrics-parameters.ts'
import { EVENT_PARAMETERS } from '../query/events-parameters.ts'
import { SESSION_PARAMETERS } from '../query/sessions-parameters.ts'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { HOSTILE_TEXTS } from './hostile.fixture.ts'

const SQL: readonly string[] = [
  `'`,
  `''`,
  `"`,
  '`',
  ';',
  `' or '1'='1`,
  `1 or 1=1`,
  `1; drop table sessions`,
  `x' union select value, 1 from settings --`,
  `%27%20or%201=1`,
  '(select value from settings)',
  'start desc, (select 1)',
  '-start; --',
  '\\',
  '%',
  '_',
  '*',
  '?',
  ':a',
  '$1',
  '@x',
  '1e309',
  '-0',
  '0x10',
  'NaN',
  '9'.repeat(300),
]
const VALUES = [...SQL, ...HOSTILE_TEXTS]

const TABLES: readonly (readonly [string, object])[] = [
  ['/v1/sessions', SESSION_PARAMETERS],
  ['/v1/events', EVENT_PARAMETERS],
  ['/v1/metrics/timeseries', TIMESERIES_PARAMETERS],
]
const PLACES = TABLES.flatMap(([route, table]) => Object.keys(table).map((name) => [route, name] as const))

let service: TestService
let end: () => Promise<void>
afterAll(() => end())
beforeAll(async () => {
  service = await startTestService({}, Date.now, (stop) => (end = stop))
  await service.sendEvents(
    { id: 'a', type: 'page', time: Date.now(), visitorId: 'v1', session: { id: 's1' } },
    { id: 'b', type: 'page', time: Date.now(), visitorId: 'v2', session: { id: 's2' } },
  )
})

describe('whatever a parameter says, it is a value or a mistake', () => {
  test.each(PLACES)('%s?%s=', async (route, name) => {
    for (const value of VALUES) {
      const answer = await service.ask(`${route}?${name}=${encodeURIComponent(value)}`)
      const told = `${name}=${value}: ${answer.status}`
      if (answer.status === 400) expect(JSON.stringify(await problemOf(answer))).toContain(name)
      else {
        expect(told).toBe(`${name}=${value}: 200`)
        const { sessions, events } = (await answer.json()) as { sessions?: unknown[]; events?: unknown[] }
        // No such value was ever sent, so nothing may be found by it, least of all everything.
        if (!/^(definition|sort|limit|cursor|tz|interval|compare|from|to|(min|max)\w+)$/.test(name))
          expect([name, value, ...(sessions ?? events ?? [])]).toEqual([name, value])
      }
    }
  })

  test('a parameter that is no parameter is a mistake, whatever it is called', async () => {
    for (const name of VALUES) {
      const answer = await service.ask(`/v1/sessions?${encodeURIComponent(name)}=1`)
      expect(answer.status).toBe(400)
    }
  })

  test('and all that was stored is still there', async () => {
    const { sessions } = await service.read<{ sessions: { id: string }[] }>('/v1/sessions?sort=start')
    expect(sessions.map(({ id }) => id).sort()).toEqual(['s1', 's2'])
    expect((await service.ask('/readyz')).status).toBe(200)
    expect(service.logged()).not.toContain('"level":50')
  })
})

test('a cursor that nobody gave is a mistake that names it', async () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const cursors = [
    'x',
    'bnVsbA',
    encode(null),
    encode([]),
    encode({ row: '1 or 1=1' }),
    encode([`1'`, 1]),
    encode({ __proto__: 1 }),
  ]
  for (const route of ['/v1/sessions', '/v1/events'])
    for (const cursor of cursors) {
      const answer = await service.ask(`${route}?cursor=${encodeURIComponent(cursor)}`)
      expect(await problemOf(answer)).toMatchObject({
        status: 400,
        errors: [expect.stringContaining('cursor')],
      })
    }
})

propertyTest.prop([fc.constantFrom(...PLACES), fc.string({ unit: 'binary', maxLength: 300 })], {
  numRuns: 150,
})('no value of any parameter is a fault of ours', async ([route, name], value) => {
  const answer = await service.ask(`${route}?${name}=${encodeURIComponent(toWellFormed(value))}`)
  expect([200, 400]).toContain(answer.status)
})
