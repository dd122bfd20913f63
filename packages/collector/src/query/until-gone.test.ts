import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { untilGone } from './until-gone.ts'

test('it is aborted when the client leaves, and not by an answer that arrived', async () => {
  const signals: AbortSignal[] = []
  const app = express()
  const server = createServer(app)
  app.get('/answered', (_req, res) => {
    signals.push(untilGone(res))
    res.json({})
  })
  app.get('/silent', (_req, res) => {
    signals.push(untilGone(res))
    server.emit('asked')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const gone = new AbortController()
  const asked = once(server, 'asked')
  const silent = fetch(`${url}/silent`, { signal: gone.signal })
  await asked
  expect(signals[0]!.aborted).toBe(false)
  gone.abort()
  await expect(silent).rejects.toThrow()
  await once(signals[0]!, 'abort')

  // The connection is closed once it is answered, and its end is no departure.
  const answered = await fetch(`${url}/answered`, { headers: { connection: 'close' } })
  await answered.text()
  server.closeAllConnections()
  expect(signals[1]!.aborted).toBe(false)
})
