import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'

/** pino's number for lines that tell of nothing wrong. */
const INFO = 30

/** The built command: `npm test` builds it first. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-main-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the command with these settings alone. */
function start(args: readonly string[], settings: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'], SOJOURN_PORT: '0', ...settings }
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd: makeFolder() })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  const ended = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0]
      if (url && stdout.includes('Ctrl+C')) resolve(url)
    })
    void ended.then(({ stderr: said }) => reject(new Error(`it ended: ${said}`)))
  })
  listening.catch(() => {})
  const logged = (text: string) =>
    new Promise<void>((resolve) => child.stderr.on('data', () => stderr.includes(text) && resolve()))
  return { child, ended, listening, logged, printed: () => stdout }
}

const run = (args: readonly string[], settings?: Record<string, string>) => start(args, settings).ended

// Linux alone has a device that is always full.
test.runIf(existsSync('/dev/full'))('a log and a terminal that take nothing stop nothing', async () => {
  const folder = makeFolder()
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const port = await freePort()
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { PATH: process.env['PATH'], SOJOURN_PORT: String(port) },
    cwd: folder,
    stdio: ['ignore', full, full],
  })
  const ended = once(child, 'exit')
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200),
    10_000,
  )
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('an export whose reader has enough ends in silence', async () => {
  const events = Array.from({ length: 3_000 }, (_, i) =>
    JSON.stringify({
      id: `e${i}`,
      type: 'page',
      time: 1_717_055_063_100 + i,
      visitorId: 'v',
      source: { name: 'Shop' },
    }),
  )
  const folder = makeFolder()
  const db = join(folder, 'sojourn.db')
  writeFileSync(join(folder, 'events.ndjson'), `${events.join('\n')}\n`)
  expect(await run(['import', join(folder, 'events.ndjson'), '--db', db])).toMatchObject({ code: 0 })
  const { child, ended } = start(['export', 'events', '--db', db])
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
})

test('help and version', async () => {
  const help = await run(['serve', '--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  expect(help.stdout).toContain('SOJOURN_TRUST_PROXY (default off)')
  expect(await run(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  })
})

describe('what cannot start says so in sentences, with exit code 1 and no stack', () => {
  const folder = (path: string) => ({ SOJOURN_DB: path })
  const foreign = () => {
    const path = join(makeFolder(), 'other.db')
    new Database(path).exec('create table albums (id)').close()
    return folder(path)
  }
  const text = () => {
    const path = join(makeFolder(), 'text.db')
    writeFileSync(path, 'this is no database '.repeat(100))
    return folder(path)
  }
  const readOnly = () => {
    // Nothing is read-only for root, but for what the kernel itself keeps.
    if (process.getuid?.() === 0) return folder('/proc/sojourn/sojourn.db')
    const path = join(makeFolder(), 'read-only')
    mkdirSync(path)
    chmodSync(path, 0o555)
    return folder(join(path, 'sojourn.db'))
  }
  test.each<[string, string[], () => Record<string, string>, string[]]>([
    ['no command', [], () => ({}), ['No command given', 'sojourn --help']],
    ['an unknown command', ['sevre'], () => ({}), ['"sevre"']],
    [
      'wrong settings',
      ['serve', '--prot', '1'],
      () => ({ SOJOURN_PORT: 'x', SOJOURN_IP: 'hash' }),
      ['"--prot"', 'SOJOURN_PORT="x": write', 'SOJOURN_IP="hash": write'],
    ],
    ["another program's database", ['serve'], foreign, ['is the database of another program']],
    ['a file that is no database', ['serve'], text, ['is not a database']],
    ['a read-only directory', ['serve'], readOnly, ['made']],
    [
      'a file that is no place file',
      ['serve', '--geo', MAIN],
      () => ({}),
      ['SOJOURN_GEO', 'no MaxMind DB file'],
    ],
  ])('%s', async (_, args, settings, sentences) => {
    const { code, stdout, stderr } = await run(args, settings())
    expect([code, stdout]).toEqual([1, ''])
    for (const sentence of sentences) expect(stderr).toContain(sentence)
    expect(stderr).not.toMatch(/ at |node:|Error:|\.ts:/)
  })

  test('a port that is taken', async () => {
    const first = start(['serve'])
    const { port } = new URL(await first.listening)
    const { code, stderr } = await run(['serve'], { SOJOURN_PORT: port })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Port ${port} of 127.0.0.1 is taken`)])
  })
})

test('the first start prints a link that logs in, once; the token goes on to hold', async () => {
  const settings = { SOJOURN_DB: join(makeFolder(), 'data', 'sojourn.db') }
  const first = start(['serve'], settings)
  const url = await first.listening
  const token = /#token=([\w-]+)/.exec(first.printed())?.[1]
  const ask = async (at: string) =>
    (await fetch(`${at}/v1/sessions`, { headers: { Authorization: `Bearer ${token}` } })).status
  expect(await ask(url)).toBe(200)
  first.child.kill('SIGTERM')
  const ended = await first.ended
  expect(ended.code).toBe(0)
  expect(ended.stderr).not.toContain(token)
  expect(
    ended.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: number; msg: string })
      .filter(({ level }) => level === INFO)
      .map(({ msg }) => msg),
  ).toEqual(['started', 'stopping', 'stopped'])

  const second = start(['serve'], settings)
  expect(await ask(await second.listening)).toBe(200)
  expect(second.printed()).not.toContain('token=')
})

test('a new token is made beside a running collector, and ends the old one', async () => {
  const settings = { SOJOURN_DB: join(makeFolder(), 'sojourn.db') }
  const collector = start(['serve'], settings)
  const url = await collector.listening
  const ask = async (bearer: string) =>
    (await fetch(`${url}/v1/sessions`, { headers: { Authorization: `Bearer ${bearer}` } })).status
  const old = /#token=([\w-]+)/.exec(collector.printed())![1]!
  expect(await ask(old)).toBe(200)
  const [admin, read] = [
    await run(['token', 'rotate'], settings),
    await run(['token', 'rotate', '--read'], settings),
  ]
  expect([admin.code, read.code]).toEqual([0, 0])
  await vi.waitFor(async () => expect(await ask(old)).toBe(401), 5_000)
  expect(await ask(admin.stdout.trim())).toBe(200)
  expect(await ask(read.stdout.trim())).toBe(200)

  expect(await run(['token', 'rotate'], { ...settings, SOJOURN_ADMIN_TOKEN: 'x'.repeat(16) })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('SOJOURN_ADMIN_TOKEN'),
  })
  expect(await run(['token'])).toMatchObject({ code: 1, stderr: expect.stringContaining('token rotate') })
})

test('what was acknowledged is there after a kill', async () => {
  const settings = {
    SOJOURN_DB: join(makeFolder(), 'sojourn.db'),
    SOJOURN_ADMIN_TOKEN: 'a-token-for-tests-0123',
  }
  const first = start(['serve', '--demo'], settings)
  const events = [{ id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }]
  const body = JSON.stringify({ writeKey: 'pk_demo_docs', sentAt: Date.now(), events })
  const answer = await fetch(`${await first.listening}/v1/events`, { method: 'POST', body })
  expect(await answer.json()).toMatchObject({ accepted: 1 })
  first.child.kill('SIGKILL')
  await first.ended
  expect(existsSync(settings.SOJOURN_DB)).toBe(true)

  const second = start(['serve', '--demo'], settings)
  const headers = { Authorization: `Bearer ${settings.SOJOURN_ADMIN_TOKEN}` }
  const sessions = await fetch(`${await second.listening}/v1/sessions`, { headers })
  expect(await sessions.json()).toMatchObject({ sessions: [{ source: { id: 'demo-docs', type: 'docs' } }] })
})

test('a second signal ends it at once; one that comes twice at the same time is one', async () => {
  const slow = start(['serve'])
  const { port } = new URL(await slow.listening)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write('POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  const stopping = slow.logged('stopping')
  slow.child.kill('SIGTERM')
  slow.child.kill('SIGINT')
  await stopping
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(slow.child.exitCode).toBeNull()
  slow.child.kill('SIGTERM')
  expect((await slow.ended).code).toBe(1)
  socket.destroy()
})

test('a backup is made beside a running collector, verified, and restored', async () => {
  const folder = makeFolder()
  const settings = { SOJOURN_DB: join(folder, 'sojourn.db'), SOJOURN_ADMIN_TOKEN: 'a-token-for-tests-0123' }
  const collector = start(['serve', '--demo'], settings)
  const events = [{ id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }]
  const body = JSON.stringify({ writeKey: 'pk_demo_docs', sentAt: Date.now(), events })
  await fetch(`${await collector.listening}/v1/events`, { method: 'POST', body })
  const file = join(folder, 'backup.db')
  expect(await run(['backup', file], settings)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Backed up .* to .*backup\.db/),
  })
  expect(await run(['restore', file, '--replace'], settings)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is in use/),
  })
  collector.child.kill('SIGTERM')
  await collector.ended

  const elsewhere = { SOJOURN_DB: join(folder, 'elsewhere.db') }
  expect(await run(['restore', file], elsewhere)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Restored/),
  })
  expect(await run(['verify'], elsewhere)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/1 events are what was written/),
  })
  new Database(elsewhere.SOJOURN_DB).exec('update events set time = time + 1').close()
  expect(await run(['verify'], elsewhere)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/event e1 is not what was written/),
  })
  expect(await run(['verify'], { SOJOURN_DB: join(folder, 'none.db') })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no database/),
  })
  expect(await run(['backup'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/sojourn backup FILE/),
  })
})
