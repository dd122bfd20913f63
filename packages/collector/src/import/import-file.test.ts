import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { profileId } from '../session/derived-id.ts'
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { exportText, parseExportWish } from './export-command.ts'
import { importFile } from './import-file.ts'
import type { ImportParts, Imported } from './import-file.ts'
import { parseImportWish } from './import-wish.ts'
import type { ImportWish } from './import-wish.ts'

const NOW = Date.UTC(2024, 4, 30, 8)
const LOG = Array.from(
  { length: 2_500 },
  (_, i) =>
    `203.0.113.${i % 200} - - [29/May/2024:08:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} +0000] "GET /page${i} HTTP/1.1" 200 10 "-" "Mozilla/5.0 (X11) ${i % 7}"`,
).join('\n')

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function openStore(folder = makeFolder(), name = 'a.db'): Store {
  const store = openSqliteStore({ path: join(folder, name) })
  onTestFinished(() => store.close())
  return store
}

function file(content: string | Buffer, name = 'file'): string {
  const path = join(makeFolder(), name)
  writeFileSync(path, content)
  return path
}

function run(
  store: ImportParts['store'],
  wish: Omit<ImportWish, 'sourceType'>,
  more: Partial<ImportParts> = {},
): Promise<Imported> {
  const parts = {
    store,
    now: NOW,
    addressMode: 'truncate',
    findPlace: undefined,
    onProgress: () => {},
  } as const
  return importFile({ sourceType: 'docs', ...wish }, { ...parts, ...more })
}

async function exported(store: Store, args: readonly string[] = ['events']): Promise<string> {
  const { wish } = parseExportWish(args)
  if ('mend' in wish) throw new Error(wish.mend)
  let text = ''
  for await (const piece of exportText(wish, store)) text += piece
  return text
}

test('a log that is imported twice is stored once, and its addresses are cut', async () => {
  const store = openStore()
  const path = file(gzipSync(`${LOG}\nnonsense\n`), 'access.log.gz')
  const progress: number[] = []
  const first = await run(
    store,
    { path, source: 'Docs' },
    { onProgress: ({ share }) => progress.push(share) },
  )
  expect(first).toMatchObject({ format: 'combined', stored: 2_500, duplicates: 0, resumedAfter: 0 })
  expect(first.count.bad.get('not_a_log_line')).toMatchObject({ count: 1 })
  expect(progress.at(-1)).toBe(1)
  expect(await run(store, { path, source: 'Docs' })).toMatchObject({ stored: 0, duplicates: 2_500 })
  expect(await store.sources()).toMatchObject([{ name: 'Docs', type: 'docs' }])
  const { rows } = await store.events({ limit: 1 })
  expect(rows[0]!.fact.context.ip).toMatch(/^203\.0\.113\.0$/)
})

test('an import that is stopped goes on where it was', async () => {
  const store = openStore()
  const path = file(LOG)
  let commits = 0
  const stopping: ImportParts['store'] = {
    ...store,
    commit(facts) {
      commits += 1
      if (commits === 2) return Promise.reject(new Error('pulled the plug'))
      return store.commit(facts)
    },
  }
  await expect(run(stopping, { path, source: 'Docs' })).rejects.toThrow('pulled the plug')
  const second = await run(store, { path, source: 'Docs' })
  expect(second).toMatchObject({ stored: 1_500, duplicates: 0, resumedAfter: 1_000 })
  expect((await run(store, { path, source: 'Docs' })).resumedAfter).toBe(0)
})

test('what is exported and imported again are the same facts, under the same sources', async () => {
  const from = openStore()
  await from.addSource({ id: 'shop-id', name: 'Shop', type: 'product', origins: [], writeKey: 'pk' })
  const lines = [
    {
      id: 'a',
      visitorId: 'v',
      session: { id: 's', number: 2 },
      page: { path: '/x' },
      traits: { plan: 'pro' },
    },
    { id: 'b', userId: 'u', properties: { __proto__: null, deep: [1, { two: null }] }, passive: true },
  ].map((more) =>
    JSON.stringify({ type: 'track', name: 'n', time: NOW - 5_000, ...more, source: { name: 'Shop' } }),
  )
  await run(from, { path: file(lines.join('\n')) })
  const text = await exported(from)
  expect(text.trimEnd().split('\n')).toHaveLength(2)
  const to = openStore()
  expect(await run(to, { path: file(text) })).toMatchObject({ format: 'sojourn', stored: 2 })
  expect(await exported(to)).toBe(text)
  expect(await to.sources()).toMatchObject([{ id: 'shop-id', name: 'Shop', type: 'product' }])
})

test('a session that several senders name is that of the same one after export and import', async () => {
  const from = openStore()
  const event = (id: string, visitorId: string, time: number) =>
    JSON.stringify({ id, type: 'page', time, visitorId, session: { id: 's' }, source: { name: 'Shop' } })
  await run(from, { path: file([event('a', 'first', NOW - 5_000), event('b', 'second', NOW)].join('\n')) })
  const to = openStore()
  await run(to, { path: file(await exported(from)) })
  const owners = async (store: Store) =>
    (await store.events({ limit: 9 })).rows.map(({ fact, sessionId }) => [fact.event.visitorId, sessionId])
  expect((await owners(from))[1]).toEqual(['first', 's'])
  expect(await owners(to)).toEqual(await owners(from))
})

test.each([
  ['in its middle', 0.5, /is cut off.* \d+ events of its first \d+ lines were stored/],
  ['at its beginning', 0.001, /is cut off.* Nothing of it could be read/],
])('a gzip file that is cut off %s is told, and what it holds is stored', async (_, share, sentence) => {
  const store = openStore()
  const packed = gzipSync(LOG)
  const path = file(packed.subarray(0, Math.max(15, Math.floor(packed.length * share))))
  await expect(run(store, { path, source: 'Docs' })).rejects.toThrow(sentence)
  const { rows } = await store.events({ limit: 2 })
  expect(rows.length > 0).toBe(share > 0.1)
})

test('events are exported as CSV, a line each', async () => {
  const store = openStore()
  await run(store, { path: file(LOG), source: 'Docs' })
  const rows = (await exported(store, ['events', '--format=csv'])).trimEnd().split('\r\n')
  expect([rows.length, rows[0]!.startsWith('id,time,type,name')]).toEqual([2_501, true])
  expect(parseExportWish(['events', '--definition', 'visits']).wish).toHaveProperty('mend')
})

test.each([[['events', '--format', 'csv']], [['sessions', '--format', 'csv']]])(
  'what `export %s` wrote is refused with a sentence, and nothing is stored',
  async (args) => {
    const store = openStore()
    await run(store, { path: file(LOG), source: 'Docs' })
    const table = file(await exported(store, args))
    const other = openStore()
    for (const wish of [{}, { format: 'sojourn' as const, source: 'Docs' }])
      await expect(run(other, { path: table, ...wish })).rejects.toThrow('is a CSV export')
    expect(await other.sources()).toEqual([])
  },
)

test('sessions are exported under any definition', async () => {
  const store = openStore()
  await run(store, { path: file(LOG), source: 'Docs' })
  const client = (await exported(store, ['sessions'])).trimEnd().split('\n')
  const persons = (
    await exported(store, ['sessions', '--definition=cross-property', '--format', 'csv'])
  ).trimEnd()
  expect(persons.split('\r\n')).toHaveLength(client.length + 1)
  const session = JSON.parse(client[0]!) as { profile: { id: string }; visitor: { id: string } }
  expect(session.profile.id).toBe(profileId({ kind: 'visitor', id: session.visitor.id }))
})

test.each([
  ['a file that is not there', { path: '/nowhere/x' }, 'cannot be read'],
  ['a folder', { path: tmpdir() }, 'is no file'],
  ['a log without a source', { path: '' }, '--source'],
  ['a source that cannot be made', { path: '', source: 'x', sourceType: 'client' }, 'type must not be'],
])('%s is a sentence', async (_, wish, sentence) => {
  const path = wish.path === '' ? file(LOG) : wish.path
  await expect(run(openStore(), { ...wish, path })).rejects.toThrow(sentence)
})

test.each([
  [[], 'sojourn import FILE'],
  [['--source', 'x'], 'sojourn import FILE'],
  [['f', '--source'], '--source needs a value'],
  [['f', '--format', 'csv'], '--format must be one of sojourn, segment, combined'],
  [['f', '--origin', 'shop'], '--origin must be'],
])('arguments %j are mended', (args, sentence) => {
  expect(parseImportWish(args).wish).toEqual({ mend: expect.stringContaining(sentence) as string })
})

test('arguments that are no flags of an import are left for the settings', () => {
  expect(
    parseImportWish(['f', '--db', 'x.db', '--source=a=b', '--origin', 'https://shop.example/x']),
  ).toEqual({
    wish: { path: 'f', source: 'a=b', sourceType: 'marketing', origin: 'https://shop.example' },
    rest: ['--db', 'x.db'],
  })
  expect(parseExportWish(['sessions', '--format', 'xml']).wish).toHaveProperty('mend')
  expect(parseExportWish([]).wish).toHaveProperty('mend')
})
