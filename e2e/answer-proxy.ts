import { createServer, request as forward } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before a collector: reads its answers on their way, and can keep them waiting. */
export interface AnswerProxy {
  readonly port: number
  /** The `Set-Cookie` headers so far, those that wait included, oldest first. */
  readonly cookies: readonly string[]
  /** From now on answers wait; the collector has stored what they are about. */
  hold(): void
  /** How many wait. */
  waiting(): number
  /** Lets go of those that wait, and of all to come. */
  release(): void
  stop(): Promise<void>
}

/** Passes everything on to the collector at `collectorPort()`, on a free port of the loopback interface. */
export async function startAnswerProxy(collectorPort: () => number): Promise<AnswerProxy> {
  const cookies: string[] = []
  let held: (() => void)[] | undefined
  const answered = (answer: IncomingMessage, response: ServerResponse): void => {
    cookies.push(...(answer.headers['set-cookie'] ?? []))
    const go = (): void => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    }
    if (held) held.push(go)
    else go()
  }
  const server = createServer((request, response) => {
    const { method, url, headers } = request
    const onward = forward(
      { host: '127.0.0.1', port: collectorPort(), method, path: url, headers },
      (answer) => answered(answer, response),
    )
    onward.on('error', () => request.socket.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cookies,
    hold: () => void (held ??= []),
    waiting: () => held?.length ?? 0,
    release: () => {
      const waiting = held ?? []
      held = undefined
      for (const go of waiting) go()
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
