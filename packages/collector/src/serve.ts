import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MAX_BODY_BYTES } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'
import express from 'express'
import type { Logger } from 'pino'
import { answerClientError } from './answer-client-error.ts'
import { prepareClose } from './close-server.ts'
import { CannotStart, createCollector } from './collector.ts'
import type { Collector } from './collector.ts'
import type { Config } from './config.ts'
import { TOO_LARGE } from './ingest/read-body.ts'
import { sendProblem } from './problem.ts'
import type { Problem } from './problem.ts'
import { addDemoSources, demoRoutes, findDemo } from './site/demo.ts'

/** A service that listens. */
export interface Service {
  /** Where to reach it from this machine, without a slash at its end. */
  readonly url: string
  readonly collector: Collector
  /** Takes no more requests, finishes those it took (within ten seconds), and closes the database. */
  close(): Promise<void>
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** A request has to be there, headers and body, within this time; a phone on a bad line sends 64 KiB in a few seconds. */
const REQUEST_TIMEOUT_MS = 30_000
const HEADERS_TIMEOUT_MS = 10_000
/** Longer than the 60 s of common load balancers, so that it is they who close idle connections, and no request is lost to the race. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000
const TIMEOUT_CHECK_MS = 2_000
const MAX_HEADERS = 100
const MAX_CONNECTIONS = 10_000
/** Connections that come at the same instant and wait to be taken. With Node's 511, the others are told nothing and try again after 1, 3 and 7 s. */
const BACKLOG = 4_096

const NOT_NOW: Problem = {
  kind: 'unavailable',
  detail: 'The collector is starting or stopping. Nothing of the request was stored: send it again.',
  headers: { 'Retry-After': '1', Connection: 'close' },
}
const notNow: Handler = (_req, res) => void sendProblem(res, NOT_NOW)

/**
 * Listens, then opens the database, so that a taken port is found before anything is written. Until all is open it answers 503.
 * Rejects with `CannotStart` or `CannotOpenStore`, whose messages are sentences for the operator.
 */
export async function startService(
  config: Config,
  log: Logger,
  now: () => EpochMs = Date.now,
): Promise<Service> {
  const demoFolder = config.demo ? findDemo() : undefined
  if (config.demo && demoFolder === undefined)
    throw new CannotStart(
      'SOJOURN_DEMO: the demo site is part of the repository (examples/script-tag), and this is no checkout of it.',
    )
  let handle = notNow
  const server = createHttpServer((req, res) => handle(req, res))
  const closeServer = prepareClose(server)
  await listen(server, config)
  try {
    const collector = await createCollector({ ...config, log, now })
    if (demoFolder !== undefined) await addDemoSources(collector.sources)
    handle = dispatch(collector, createApp(config, collector, demoFolder))
    const close = async () => {
      handle = notNow
      collector.endStreams()
      await closeServer()
      await collector.close()
    }
    return { url: urlOf(server, config.host), collector, close }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    throw error
  }
}

function createHttpServer(handle: Handler): Server {
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: HEADERS_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  })
  server.maxHeadersCount = MAX_HEADERS
  server.maxConnections = MAX_CONNECTIONS
  server.on('request', handle)
  server.on('clientError', answerClientError)
  server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
    if (Number(req.headers['content-length']) > MAX_BODY_BYTES) {
      // The body was announced, not sent, and now never will be: nothing that follows on this connection could be told from it.
      res.setHeader('Connection', 'close')
      return void sendProblem(res, TOO_LARGE)
    }
    res.writeContinue()
    handle(req, res)
  })
  return server
}

function createApp(config: Config, collector: Collector, demoFolder: string | undefined): Handler {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  if (demoFolder !== undefined) app.use('/demo', demoRoutes(demoFolder))
  app.use(collector.router)
  app.use(
    (_req, res) => void sendProblem(res, { kind: 'not_found', detail: 'There is nothing at this address.' }),
  )
  return app
}

/** Events go straight to their handler; Express would cost each about 100 µs. */
function dispatch(collector: Collector, app: Handler): Handler {
  return (req, res) => {
    const isIngest = req.method === 'POST' && req.url === '/v1/events'
    if (isIngest) collector.ingest(req, res)
    else app(req, res)
  }
}

async function listen(server: Server, { host, port }: Config): Promise<void> {
  try {
    server.listen({ host, port, backlog: BACKLOG })
    await once(server, 'listening')
  } catch (error) {
    throw new CannotStart(whyNotListening(error, host, port), { cause: error })
  }
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken, perhaps by a collector that runs already. Stop that program, or name another port with SOJOURN_PORT.`
  if (code === 'EACCES')
    return `This user may not listen on port ${port}. Name one above 1023 with SOJOURN_PORT.`
  return `${host} is no address of this machine to listen on. Name another one with SOJOURN_HOST.`
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const reachable =
    { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[host] ?? (host.includes(':') ? `[${host}]` : host)
  return `http://${reachable}:${port}`
}
