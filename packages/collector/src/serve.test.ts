import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { CannotStart } from './collector.ts'
import { startService } from './serve.ts'
import { WRITE_KEY, problemOf, startTestService } from './service.fixture.ts'
import type { TestService } from './service.fixture.ts'
import { pino } from 'pino'
import { existsSync } from 'node:fs'

const silent = pino({ level: 'silent' })

/** A connection to a service. `said` resolves once the service has answered with this text, `closed` to all it answered. */
function dial(service: TestService) {
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)))
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => answer.includes(text) && resolve()
      socket.on('data', look)
      look()
    })
  return { socket, closed, said }
}

/** The head of a request whose body is still to come. The service takes it by saying "100 Continue". */
function announced(bytes: number): string {
  return `POST /v1/events HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ${bytes}\r\n\r\n`
}

test('a request that was taken before the stop is committed and answered; nothing is taken after it', async () => {
  const service = await startTestService()
  const body = JSON.stringify({
    writeKey: WRITE_KEY,
    sentAt: Date.now(),
    events: [{ id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }],
  })
  const { socket, closed, said } = dial(service)
  const commits: string[] = []
  const { commit, close } = service.collector.store
  Object.assign(service.collector.store, {
    commit: (facts: never) => (commits.push('commit'), commit(facts)),
    close: () => (commits.push('close'), close()),
  })
  socket.write(announced(body.length))
  await said('100 Continue')
  const start = performance.now()
  const stopped = service.close()
  const late = body.replace('"e1"', '"late"')
  socket.write(`${body}POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: ${late.length}\r\n\r\n${late}`)
  expect(await closed).toMatch(/HTTP\/1.1 200 .*"accepted":1.*HTTP\/1.1 503 .*Retry-After: 1/s)
  await stopped
  expect(performance.now() - start).toBeLessThan(2_000)
  expect(commits).toEqual(['commit', 'close'])
  await expect(fetch(`${service.url}/healthz`)).rejects.toThrow()
})

test('a connection whose last request was answered after the stop is closed then', async () => {
  const service = await startTestService()
  const { socket, closed, said } = dial(service)
  socket.write(announced(2))
  await said('100 Continue')
  const start = performance.now()
  const stopped = service.close()
  socket.write('{}')
  await Promise.all([closed, stopped])
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('an idle connection does not hold up the stop', async () => {
  const service = await startTestService()
  const { socket, said } = dial(service)
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
  await said('{"status":"ok"}')
  const start = performance.now()
  await service.close()
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('a taken port is said in a sentence, before any file is made', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const config = { ...loadConfig({}, []), port, dbPath: '/tmp/sojourn-never-made/x.db' }
  const failed = startService(config, silent)
  await expect(failed).rejects.toThrow(CannotStart)
  await expect(failed).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`)
  expect(existsSync('/tmp/sojourn-never-made')).toBe(false)
  other.close()
})

test('an address of another machine is said in a sentence', async () => {
  const config = { ...loadConfig({}, []), host: '192.0.2.1', port: 0 }
  await expect(startService(config, silent)).rejects.toThrow('192.0.2.1 is no address of this machine')
})

test('a place file that is none stops the start, and the port is free again', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => free.once('listening', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const config = { ...loadConfig({}, []), port, geoPath: import.meta.filename }
  await expect(startService(config, silent)).rejects.toThrow('is no MaxMind DB file')
  const again = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => again.once('listening', resolve))
  again.close()
})

test('the demo has its three sources, made once', async () => {
  const service = await startTestService({ demo: true })
  const { sources } = await service.read<{ sources: { id: string; writeKey: string; type: string }[] }>(
    '/v1/sources',
  )
  expect(
    sources.filter(({ id }) => id.startsWith('demo-')).map(({ writeKey, type }) => [writeKey, type]),
  ).toEqual([
    ['pk_demo_marketing', 'marketing'],
    ['pk_demo_docs', 'docs'],
    ['pk_demo_product', 'product'],
  ])
  const page = await fetch(`${service.url}/demo/`)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(page.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  expect((await fetch(`${service.url}/demo/package.json`)).status).toBe(404)
  expect((await fetch(`${service.url}/demo/..%2fpackage.json`)).status).toBeGreaterThanOrEqual(400)
})

test('without the demo, there is none', async () => {
  const service = await startTestService()
  expect((await problemOf(await fetch(`${service.url}/demo/`))).status).toBe(404)
})
