import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { MAIN, freePort, makeFolder, run, start } from './main.fixture.ts'

/** pino's number for lines that tell of nothing wrong. */
const INFO = 30

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
