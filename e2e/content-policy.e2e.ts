import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import type { Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'

const NONCE = 'c29qb3Vybg'

/** A page's own inline code: the stub of the documents, and a note of everything that the policy stops. */
const INLINE = `<script nonce="${NONCE}">
  window.stopped = []
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => stopped.push(violatedDirective + ' ' + blockedURI))
  window.sojourn = { queue: [] }
  for (const name of ['page', 'track', 'identify', 'reset', 'startSession', 'endSession', 'onSession', 'setConsent'])
    sojourn[name] = (...parameters) => sojourn.queue.push([Date.now(), name, ...parameters])
  sojourn.track('early')
</script>`

/** Serves one page under a policy, on a free port; resolves to its URL. */
async function servePage(policy: string, html: string): Promise<string> {
  const server = createServer((request, response) => {
    // Some browsers ask for the page's icon, which its policy would stop.
    response.setHeader('Content-Security-Policy', `${policy}; img-src 'self'`)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(request.url === '/' ? `<!doctype html><title>Strict</title>${html}` : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://strict.localhost:${(server.address() as AddressInfo).port}/`
}

inEachEngine('content policies', ({ browser }) => {
  let collector: CollectorProcess
  let origin: string
  let integrity: string

  beforeAll(async () => {
    collector = await startCollectorProcess()
    origin = `http://collect.localhost:${collector.port}`
    integrity = (await collector.read<{ integrity: string }>('/v1/script')).integrity
  })
  afterAll(() => collector.end())

  /** The tag as the documents have it, with these attributes more. */
  const tag = (writeKey: string, attributes: string): string =>
    `<script async src="${origin}/sojourn.js" data-write-key="${writeKey}" ${attributes}></script>`

  async function open(policy: string, html: string): Promise<Tab> {
    const tab = await browser().openTab(await servePage(policy, html))
    onTestFinished(() => tab.close())
    return tab
  }

  const stored = (source: string, name: string): Promise<object> =>
    waitUntil(`${name} to be stored`, async () => {
      const path = `/v1/events?source=${source}&name=${name}`
      return (await collector.read<{ events: object[] }>(path)).events[0]
    })

  test('with a nonce and the hash that the collector tells, nothing of it is stopped', async () => {
    const source = `nonce-${collector.port}`
    const writeKey = await collector.addSource(source)
    const tab = await open(
      `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src ${origin}`,
      INLINE + tag(writeKey, `nonce="${NONCE}" integrity="${integrity}" crossorigin="anonymous"`),
    )
    await stored(source, 'early')
    await tab.evaluate(`sojourn.track('later')`)
    await stored(source, 'later')
    expect(await tab.evaluate('stopped')).toEqual([])
  })

  test("the collector's origin as a source of scripts and connections is enough", async () => {
    const source = `origin-${collector.port}`
    const writeKey = await collector.addSource(source)
    const tab = await open(
      `default-src 'none'; script-src ${origin}; connect-src ${origin}`,
      tag(writeKey, ''),
    )
    await stored(source, 'page_view')
    await tab.evaluate(`sojourn.track('later')`)
    await stored(source, 'later')
  })

  test('a file of another hash does not run', async () => {
    const writeKey = await collector.addSource(`hash-${collector.port}`)
    const wrong = `sha384-${'A'.repeat(64)}`
    const tab = await open(
      `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src ${origin}`,
      `${INLINE}<script nonce="${NONCE}">window.failed = 0; addEventListener('error', () => failed++, true)</script>` +
        tag(writeKey, `nonce="${NONCE}" integrity="${wrong}" crossorigin="anonymous"`),
    )
    await waitUntil('the refusal', () => tab.evaluate('failed > 0'))
    expect(await tab.evaluate('sojourn.queue.length')).toBe(1)
  })
})
