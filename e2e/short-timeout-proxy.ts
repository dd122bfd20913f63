import { createServer, request as forward } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy before the collector, as a site would have one. */
export interface ShortTimeoutProxy {
  readonly port: number
  stop(): Promise<void>
}

/** A page of another site, with a campaign link to the demo. */
const LETTER = `<!doctype html><title>The letter</title>
<a id="campaign" href="http://127.0.0.1:PORT/demo/marketing/?utm_source=letter&amp;utm_medium=email&amp;utm_campaign=june">Tideline</a>`

/**
 * Passes everything on to the collector at `collectorPort()`, and writes a session timeout of `timeoutMs` into the tracker's tag of the demo's
 * pages, so that a test can sit through one. Connections are cut while the collector is away. `/letter` is a page with a campaign link.
 */
export async function startShortTimeoutProxy(
  collectorPort: () => number,
  timeoutMs: number,
): Promise<ShortTimeoutProxy> {
  const server = createServer((request, response) => {
    if (request.url === '/letter')
      return void response
        .setHeader('Content-Type', 'text/html')
        .end(LETTER.replace('PORT', String((server.address() as AddressInfo).port)))
    pass(request, response, collectorPort(), (html) =>
      html.replace('data-write-key=', `data-timeout="${timeoutMs}" data-write-key=`),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  rewrite: (html: string) => string,
): void {
  const { method, url, headers } = request
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    const isPage = answer.headers['content-type']?.startsWith('text/html') ?? false
    if (!isPage) {
      response.writeHead(answer.statusCode!, answer.headers)
      return void answer.pipe(response)
    }
    let html = ''
    answer.setEncoding('utf8').on('data', (text: string) => (html += text))
    answer.on('end', () => {
      const { 'content-length': _length, etag: _etag, ...others } = answer.headers
      response.writeHead(answer.statusCode!, others).end(rewrite(html))
    })
  })
  onward.on('error', () => request.socket.destroy())
  request.pipe(onward)
}
