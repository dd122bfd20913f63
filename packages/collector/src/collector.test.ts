import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createCollector } from './collector.ts'
import type { Collector } from './collector.ts'
import { problemOf } from './service.fixture.ts'

/** An app of somebody else's, which mounts a collector at /stats. `before` stands in front of it. */
async function hostApp(before?: express.RequestHandler) {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-host-'))
  let logged = ''
  const log = pino({}, { write: (line: string) => void (logged += line) })
  const collector: Collector = await createCollector({ dbPath: join(folder, 'made', 'host.db'), log })
  await collector.sources.add({ id: 'host', name: 'Host', type: 'product', origins: [], writeKey: 'pk_host' })
  const app = express()
  if (before) app.use(before)
  app.use('/stats', collector.router)
  app.use(express.json())
  app.post('/orders', (req, res) => void res.json({ got: req.body as unknown }))
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve))
    await collector.close()
    rmSync(folder, { recursive: true })
  })
  const event = { id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }
  const send = () =>
    fetch(`${url}/stats/v1/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ writeKey: 'pk_host', sentAt: Date.now(), events: [event] }),
    })
  return { url, collector, send, logged: () => logged }
}

describe('mounted in an app that was there before', () => {
  test('it takes events and answers the API, and the app goes on as it was', async () => {
    const { url, collector, send } = await hostApp()
    expect(await (await send()).json()).toMatchObject({ accepted: 1 })
    const headers = { Authorization: `Bearer ${collector.madeAdminToken}` }
    const answer = await fetch(`${url}/stats/v1/sessions`, { headers })
    expect(await answer.json()).toMatchObject({ sessions: [{ visitor: { id: 'v1' } }] })
    expect((await fetch(`${url}/stats/`)).headers.get('content-type')).toContain('text/html')

    const order = await fetch(`${url}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"apples":3}',
    })
    expect(await order.json()).toEqual({ got: { apples: 3 } })
    expect(order.headers.get('content-security-policy')).toBeNull()
    expect((await fetch(`${url}/stats/nothing`)).headers.get('content-security-policy')).not.toContain(
      "'self'",
    )
  })

  test('behind a body parser it says what is wrong, to the sender and in the log', async () => {
    const { send, logged } = await hostApp(express.json())
    const answer = await send()
    expect(answer.status).toBe(500)
    expect((await problemOf(answer)).detail).toContain('before express.json()')
    expect(logged()).toContain('before express.json()')
  })
})
