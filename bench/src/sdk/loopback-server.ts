import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A request that arrived for an SDK's collector. */
export interface Received {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Of the body as it was sent, perhaps compressed. */
  readonly bytes: number
  /** The body as text, uncompressed. */
  readonly body: string
}

/** Serves the page under `site.localhost`, and under every other name plays the collectors of all SDKs. */
export interface LoopbackServer {
  readonly page: string
  readonly endpoint: string
  /** What the page gets as `/subject.js` from now on. */
  serve(script: string): void
  /** Live: what arrived since the last `forget`. */
  readonly received: readonly Received[]
  forget(): void
  stop(): void
}

const PAGE_SCRIPT = readFileSync(new URL('./page/bench-page.js', import.meta.url), 'utf8')

/** A page that is isolated, so that its clock counts in steps of 5 µs and not of 100. */
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Pricing</title></head>
<body><h1>Pricing</h1><div id="box">Box</div><script>${PAGE_SCRIPT}</script></body>
</html>`

/** Starts on a free port of the loopback interface. */
export async function startLoopbackServer(): Promise<LoopbackServer> {
  const received: Received[] = []
  let script = ''
  const collect = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const sent = Buffer.concat(chunks)
    const { method = 'GET' } = request
    const path = new URL(request.url!, 'http://collect').pathname
    const body = (isGzip(sent) ? gunzipSync(sent) : sent).toString()
    received.push({ method, path, bytes: sent.length, body })
    allow(request, response)
    if (method === 'OPTIONS') return void response.writeHead(204).end()
    const { type, text } = answerTo(path, body)
    response.setHeader('Content-Type', type).end(text)
  }
  const server = createServer((request, response) => {
    if (request.headers.host?.startsWith('site.')) return servePage(request, response, script)
    collect(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    page: `http://site.localhost:${port}/pricing`,
    endpoint: `http://collect.localhost:${port}`,
    serve: (next) => void (script = next),
    received,
    forget: () => void received.splice(0),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function servePage(request: IncomingMessage, response: ServerResponse, script: string): void {
  if (request.url === '/subject.js') return void response.end(script)
  if (request.url !== '/pricing') return void response.writeHead(204).end()
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
  response.setHeader('Content-Type', 'text/html; charset=utf-8').end(PAGE)
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Lets any page call, with cookies and any header, and asks once only. */
function allow(request: IncomingMessage, response: ServerResponse): void {
  const { origin = '*', 'access-control-request-headers': wanted = '*' } = request.headers
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Allow-Headers', wanted)
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST')
  response.setHeader('Access-Control-Max-Age', '600')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
}

interface Answer {
  readonly type: string
  readonly text: string
}

/** What each SDK's own collector would say: settings with nothing extra turned on, and yes to every event. */
function answerTo(path: string, body: string): Answer {
  const json = (value: unknown): Answer => ({ type: 'application/json', text: JSON.stringify(value) })
  if (path.endsWith('.js')) return { type: 'text/javascript', text: '' }
  switch (path) {
    case '/v1/events':
      return json({ accepted: body.split('"id":').length - 1, duplicates: 0, rejected: [] })
    case '/2/httpapi':
      return json({
        code: 200,
        server_upload_time: Date.now(),
        payload_size_bytes: body.length,
        events_ingested: 1,
      })
    case '/sourceConfig/':
    case '/sourceConfig':
      return json(RUDDERSTACK_SETTINGS)
    case '/config/bench':
      return json({ configs: {} })
    case '/flags/':
      return json({ flags: {}, featureFlags: {}, featureFlagPayloads: {}, errorsWhileComputingFlags: false })
    case '/array/phc_bench/config':
      return json(POSTHOG_SETTINGS)
    default:
      return json({ status: 1 })
  }
}

const POSTHOG_SETTINGS = {
  supportedCompression: ['gzip', 'gzip-js'],
  hasFeatureFlags: false,
  captureDeadClicks: false,
  capturePerformance: false,
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  analytics: { endpoint: '/i/v0/e/' },
  elementsChainAsString: true,
  sessionRecording: false,
  heatmaps: false,
  surveys: false,
  defaultIdentifiedOnly: true,
}

const RUDDERSTACK_SETTINGS = {
  updatedAt: '2026-01-01T00:00:00.000Z',
  source: {
    id: 'bench',
    name: 'Bench',
    writeKey: 'bench',
    workspaceId: 'bench',
    enabled: true,
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    destinations: [],
    dataplanes: {},
  },
}
