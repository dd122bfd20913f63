import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How far the pages' clocks are moved, in ms: `Date`, and `performance.now()`. */
export interface ClockOffsets {
  wallMs: number
  steadyMs: number
}

/** The site under test: any path is a page with the tracker, as a site owner would have pasted it. */
export interface FixtureSite {
  readonly port: number
  /** Live: the clocks that the next page starts with. */
  readonly clock: ClockOffsets
  /** Sets the `data-` attributes of the script tag, by their names without `data-`, for pages loaded from now on. */
  setAttributes(attributes: Readonly<Record<string, string>>): void
  /** Puts a script of the page itself (plain JavaScript) before the tracker, for pages loaded from now on. */
  setPageScript(script: string): void
  /** What pages threw, left rejected, or logged as an error or a warning. */
  readonly errors: readonly string[]
  stop(): Promise<void>
}

const REPORT_ERRORS = new URL('./fixture/report-errors.js', import.meta.url)
const CLOCK = new URL('./fixture/clock.js', import.meta.url)
const SDK = new URL('../packages/sdk/dist/sojourn.js', import.meta.url)

/**
 * Serves on a free port of the loopback interface, under any host name that leads there:
 * `/bare/…` pages have the clock and no tracker, `/strict/…` pages a policy that lets in our files alone and the tracker with its hash, `/fixture/…` is the clock, `/sojourn.js` the built SDK, and all else pages with the tracker.
 */
export async function startFixtureSite(): Promise<FixtureSite> {
  const clock: ClockOffsets = { wallMs: 0, steadyMs: 0 }
  const sdk = await readFile(SDK, 'utf8')
  const integrity = `sha384-${createHash('sha384').update(sdk).digest('base64')}`
  const reportErrors = await readFile(REPORT_ERRORS, 'utf8')
  const errors: string[] = []
  const clockScript = await readFile(CLOCK, 'utf8')
  let attributes: Readonly<Record<string, string>> = {}
  let pageScript = ''
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://site.test')
    const answer = (type: string, body: string): void =>
      void response.setHeader('Content-Type', type).end(body)
    if (pathname === '/sojourn.js') return answer('text/javascript', sdk)
    if (pathname === '/fixture/clock.json') return answer('application/json', JSON.stringify(clock))
    if (pathname === '/fixture/clock.js') {
      response.setHeader('Cache-Control', 'no-store')
      return answer('text/javascript', clockScript.replace('__OFFSETS__', JSON.stringify(clock)))
    }
    if (pathname === '/fixture/report-errors.js') return answer('text/javascript', reportErrors)
    if (pathname === '/fixture/error') {
      request.setEncoding('utf8').on('data', (text: string) => void errors.push(text))
      return void response.writeHead(204).end()
    }
    if (pathname === '/fixture/page.js') return answer('text/javascript', pageScript)
    if (pathname === '/favicon.ico') return void response.writeHead(204).end()
    if (pathname.startsWith('/strict')) {
      response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'; connect-src *")
      return answer('text/html; charset=utf-8', page(pathname, attributes, integrity))
    }
    return answer(
      'text/html; charset=utf-8',
      page(pathname, pathname.startsWith('/bare') ? undefined : attributes),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    clock,
    errors,
    setAttributes: (next) => void (attributes = next),
    setPageScript: (script) => void (pageScript = script),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A page of the site; without `attributes` it has no tracker. */
function page(
  path: string,
  attributes: Readonly<Record<string, string>> | undefined,
  integrity?: string,
): string {
  const tag =
    attributes &&
    `<script src="/sojourn.js"${integrity === undefined ? '' : ` integrity="${integrity}"`}${Object.entries(
      attributes,
    )
      .map(([name, value]) => ` data-${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
      .join('')}></script>`
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${path}</title>
<script src="/fixture/report-errors.js"></script>
<script src="/fixture/clock.js"></script>
<script src="/fixture/page.js"></script>
${tag ?? ''}</head>
<body>
<h1>${path}</h1>
<a id="next" href="/next">Next</a>
<button id="tagged" data-sojourn-event="cta_clicked" data-sojourn-tags="cta,pricing" data-sojourn-prop-plan="pro">Buy</button>
<form id="form" action="/thanks" data-sojourn-event="form_sent"><input id="field" name="field"><button id="send">Send</button></form>
</body>
</html>`
}
