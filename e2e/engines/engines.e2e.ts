import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from './engine.ts'
import { findEngines } from './find-engines.ts'
import { makeProfileDir, removeProfileDir } from './profile-dir.ts'
import { waitUntil } from './wait-until.ts'

const PAGE = `<!doctype html><title>page</title><input id="name"><button id="go">Go</button><script>
const tell = (what) => navigator.sendBeacon('/told', location.pathname + ' ' + what)
addEventListener('pagehide', (event) => tell('pagehide ' + event.persisted))
addEventListener('pageshow', (event) => tell('pageshow ' + event.persisted))
document.addEventListener('visibilitychange', () => tell(document.visibilityState))
document.getElementById('go').onclick = (event) => tell('clicked ' + event.isTrusted + ' ' + document.getElementById('name').value)
</script>`

const DOMAIN = 'shop.localhost'
const SITE = `www.${DOMAIN}`

const told: string[] = []
let server: Server

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'POST') request.on('data', (text: Buffer) => told.push(text.toString()))
    response.setHeader('Content-Type', 'text/html').end(PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

const url = (host: string, path: string): string =>
  `http://${host}:${(server.address() as AddressInfo).port}${path}`
const heard = (line: string): Promise<boolean> => waitUntil(`"${line}"`, () => told.includes(line))

describe.each(findEngines(process.env).engines)('the driver of $name', (engine) => {
  let browser: Browser

  beforeAll(async () => {
    browser = await engine.launch()
  })

  afterAll(() => browser.close())

  test('loads, evaluates, clicks and types with trusted input', async () => {
    const tab = await browser.openTab(url(SITE, `/${engine.name}/input`))
    expect(await tab.evaluate('Promise.resolve({ title: document.title })')).toEqual({ title: 'page' })
    await expect(tab.evaluate('null.x')).rejects.toThrow(/null/)
    await tab.type('#name', 'Ada')
    await tab.click('#go')
    await heard(`/${engine.name}/input clicked true Ada`)
  })

  test('goes back to a page in the back/forward cache', async () => {
    const tab = await browser.openTab(url(SITE, `/${engine.name}/one`))
    await tab.goto(url(SITE, `/${engine.name}/two`))
    await tab.back()
    await heard(`/${engine.name}/one pageshow true`)
    expect(await tab.evaluate('location.pathname')).toBe(`/${engine.name}/one`)
  })

  test('hides and shows a tab beside visible ones, and closes it with pagehide', async () => {
    const beside = await browser.openTab(url(SITE, `/${engine.name}/beside`))
    const tab = await browser.openTab(url(SITE, `/${engine.name}/seen`))
    expect(await beside.evaluate('document.visibilityState')).toBe('visible')
    expect(await tab.evaluate('document.visibilityState')).toBe('visible')
    await tab.hide()
    await heard(`/${engine.name}/seen hidden`)
    await tab.show()
    await heard(`/${engine.name}/seen visible`)
    expect(await beside.evaluate('document.visibilityState')).toBe('visible')
    await tab.close()
    await heard(`/${engine.name}/seen pagehide false`)
  })

  test('shares cookies between sub-domains and takes a screenshot', async () => {
    const tab = await browser.openTab(url(SITE, '/cookie'))
    await tab.evaluate(`void (document.cookie = 'taste=sweet; domain=${DOMAIN}; max-age=900; path=/')`)
    await tab.goto(url(`app.${DOMAIN}`, '/cookie'))
    expect(await tab.cookies()).toEqual([{ name: 'taste', value: 'sweet', domain: `.${DOMAIN}` }])
    const dir = await mkdtemp(join(tmpdir(), 'sojourn-shot-'))
    await tab.screenshot(join(dir, 'shot.png'))
    expect((await readFile(join(dir, 'shot.png'))).subarray(1, 4).toString()).toBe('PNG')
    await rm(dir, { recursive: true })
  })

  test('gives pages under localhost a secure context, as https would', async () => {
    const tab = await browser.openTab(url(SITE, '/secure'))
    expect(await tab.evaluate('isSecureContext')).toBe(true)
  })

  if (engine.abilities.has('maps-domains'))
    test('leads made-up domains to this machine', async () => {
      const tab = await browser.openTab(url('www.shop-7.test', '/mapped'))
      expect(await tab.evaluate('location.hostname')).toBe('www.shop-7.test')
    })

  if (engine.abilities.has('keeps-profile'))
    test('starts again with the profile it left', async () => {
      const profileDir = await makeProfileDir()
      const first = await engine.launch({ profileDir })
      const tab = await first.openTab(url(SITE, '/profile'))
      await tab.evaluate(`void localStorage.setItem('kept', 'yes')`)
      await first.close()
      const second = await engine.launch({ profileDir })
      const again = await second.openTab(url(SITE, '/profile'))
      expect(await again.evaluate(`localStorage.getItem('kept')`)).toBe('yes')
      await second.kill()
      await removeProfileDir(profileDir)
    })
})
