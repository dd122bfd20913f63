import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { prepareClose } from './close-server.ts'

async function listening(handle: (res: ServerResponse) => void) {
  const server = createServer((_req, res) => handle(res))
  const close = prepareClose(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => server.closeAllConnections())
  return { close, port: (server.address() as AddressInfo).port }
}

async function open(port: number) {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

test('connections that never asked, and those that had their answer, hold up no stop', async () => {
  const { close, port } = await listening((res) => res.end('done'))
  await open(port)
  const asked = await open(port)
  asked.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(asked, 'data')
  const before = performance.now()
  await close()
  expect(performance.now() - before).toBeLessThan(1_000)
})

test('a request that was taken is answered first', async () => {
  const pending: ServerResponse[] = []
  const { close, port } = await listening((res) => void pending.push(res))
  const socket = await open(port)
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await expect.poll(() => pending.length).toBe(1)
  let isClosed = false
  const closed = close().then(() => (isClosed = true))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(isClosed).toBe(false)
  pending[0]!.end('late')
  expect(String((await once(socket, 'data'))[0])).toContain('late')
  await closed
})
