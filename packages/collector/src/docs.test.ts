import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REJECT_REASONS, parseBatch } from '@sojourn/protocol'
import type { IngestAnswer } from '@sojourn/protocol'
import { describe, expect, test } from 'vitest'
import { PROBLEMS, problemDocument } from './problem.ts'
import { EVENT_PARAMETERS } from './query/events-parameters.ts'
import { parseSource } from './query/parse-source.ts'
import { SESSION_PARAMETERS } from './query/sessions-parameters.ts'
import { startTestService } from './service.fixture.ts'
import { SETTINGS } from './settings.ts'
import type { Setting } from './settings.ts'
import type { Source } from './store/store.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const DOCS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true })
    .map((path) => join('docs', String(path)))
    .filter((path) => path.endsWith('.md')),
]

interface Example {
  readonly file: string
  readonly line: number
  /** What stands after "json" at the fence. */
  readonly kind: string
  readonly text: string
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

const examples: readonly Example[] = DOCS.flatMap((file) => {
  const text = read(file)
  return [...text.matchAll(/^```json[c5]? ?(\w*)\n(.*?)^```/gms)].map(
    ({ index, 1: kind = '', 2: body = '' }) => ({
      file,
      line: text.slice(0, index).split('\n').length,
      kind,
      text: body,
    }),
  )
})

/** The one example of its kind in all docs. */
function example<Value>(kind: string): Value {
  const [found, ...more] = examples.filter((one) => one.kind === kind)
  if (!found || more.length > 0) throw new Error(`the docs should have one example of "${kind}"`)
  return JSON.parse(found.text) as Value
}

describe('JSON examples', () => {
  test.each(examples)('$file:$line is JSON, and accepted if it is a batch', ({ text }) => {
    const value = JSON.parse(text) as Record<string, unknown>
    if (!('writeKey' in value && 'events' in value)) return
    expect(parseBatch(value, { receivedAt: Number(value['sentAt']) })).toMatchObject({
      ok: true,
      rejected: [],
    })
  })

  test('the batch of protocol.md becomes the session and the event of read-api.md', async () => {
    const now = 1717055064001
    const service = await startTestService({ trustProxy: 1 }, () => now)
    await service.collector.sources.add(example<Source>('source'))
    const headers = { 'X-Forwarded-For': '203.0.113.77', Origin: 'https://shop.example' }
    expect((await service.send(example('batch'), headers)).status).toBe(200)
    const session = example<{ id: string }>('session')
    expect(await service.read(`/v1/sessions/${session.id}`)).toEqual(session)
    const { events } = await service.read<{ events: object[] }>(`/v1/sessions/${session.id}/events`)
    expect(events[1]).toEqual(example('event'))
  })

  test('the answer of protocol.md is one that the collector gives', async () => {
    const service = await startTestService()
    const told = example<IngestAnswer>('answer')
    const bad = told.rejected[0]!
    const event = { id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }
    expect(await service.sendEvents(event, { ...event, id: bad.id, type: 'track' })).toEqual(told)
  })

  test('the problem of protocol.md is one that the collector gives', () => {
    const told = example<{ detail: string; requestId: string }>('problem')
    expect(problemDocument({ kind: 'unknown_write_key', detail: told.detail }, told.requestId)).toEqual(told)
  })

  test('the link of protocol.md is one that is given and honoured', async () => {
    const service = await startTestService()
    await service.collector.sources.add(example<Source>('source'))
    const { writeKey, token: visit } = example<{ writeKey: string; token: string }>('link')
    const post = async (path: string, token: string) =>
      (await fetch(service.url + path, { method: 'POST', body: JSON.stringify({ writeKey, token }) })).text()
    const sealed = await post('/v1/link', visit)
    expect(sealed).toMatch(/^[\w-]+$/)
    expect(await post('/v1/link/redeem', sealed)).toBe(visit)
  })

  test('the source of read-api.md is one that can be made', () => {
    const { id, ...source } = example<Source>('source')
    expect(parseSource(source)).toMatchObject({ ok: true, source })
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })
})

/** The names in backticks in the first column of a document's tables, up to the next heading of `heading`. */
function tableNames(file: string, heading = ''): string[] {
  const section = read(file).split(heading)[1]!.split('\n## ')[0]!
  return [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`(\w+)`/g)].map((name) => name[1]!),
  )
}

describe('tables', () => {
  test('operating.md lists every setting as it is', () => {
    const rows = read('docs/operating.md').match(/^\| `SOJOURN_.*$/gm)
    expect(rows).toEqual(
      Object.values(SETTINGS as Record<string, Setting<unknown>>).map((setting) => {
        const preset = setting.default === undefined ? '' : `\`${setting.default}\` `
        return `| \`${setting.variable}\` | \`--${setting.flag}\` | ${preset}| ${setting.meaning} |`
      }),
    )
  })

  test('protocol.md lists every reason and every problem of /v1/events', () => {
    const reasons = [...read('docs/protocol.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!)
    expect(reasons.filter((name) => REJECT_REASONS.some((reason) => reason === name))).toEqual([
      ...REJECT_REASONS,
    ])
    const rows = [...read('docs/protocol.md').matchAll(/^\| (\d{3}) \| (.*?) \|/gm)]
    const told = rows.flatMap(([, status, kinds]) =>
      [...kinds!.matchAll(/`(\w+)`/g)].map(([, kind]) => [kind, Number(status)]),
    )
    const elsewhere = [
      'bad_parameter',
      'bad_definition',
      'bad_scoring',
      'bad_source',
      'not_logged_in',
      'read_only',
      'cross_site',
      'not_found',
      'taken',
    ]
    const ours = Object.entries(PROBLEMS).filter(([kind]) => !elsewhere.includes(kind))
    expect(told.sort()).toEqual(ours.map(([kind, { status }]) => [kind, status]).sort())
  })

  test('read-api.md lists every parameter', () => {
    expect(tableNames('docs/read-api.md', '## `GET /v1/sessions`').sort()).toEqual(
      Object.keys(SESSION_PARAMETERS).sort(),
    )
    const filters = read('docs/read-api.md').split('## `GET /v1/events`')[1]!.split('\n## ')[0]!
    for (const name of Object.keys(EVENT_PARAMETERS)) expect(filters).toContain(`\`${name}\``)
  })
})
