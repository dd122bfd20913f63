import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { WireEvent } from '@sojourn/protocol'
import { startAnswerProxy } from './answer-proxy.ts'
import type { AnswerProxy } from './answer-proxy.ts'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import type { Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'

/** 400 days, in seconds: the longest that a browser keeps a cookie. */
const LIFETIME_S = 34_560_000

inEachEngine('renewed cookies', ({ world }) => {
  let collector: CollectorProcess
  let proxy: AnswerProxy

  beforeAll(async () => {
    collector = await startCollectorProcess({ SOJOURN_RENEW_COOKIE: 'on' })
    proxy = await startAnswerProxy(() => collector.port)
  })
  afterAll(async () => {
    await proxy.stop()
    await collector.end()
  })
  beforeEach(async () => {
    proxy.release()
    const { domain, port } = world()
    world().configure({
      'write-key': await collector.addSource(domain, [`http://www.${domain}:${port}`]),
      endpoint: `http://collect.${domain}:${proxy.port}`,
      'cookie-renewal': 'true',
    })
  })

  /** What is stored of that name on this world's site. */
  async function stored(name: string): Promise<WireEvent> {
    const path = `/v1/events?source=${world().domain}&name=${name}`
    return waitUntil(
      `${name} to be stored`,
      async () => (await collector.read<{ events: WireEvent[] }>(path)).events[0],
    )
  }

  /** Cookies that outlive nothing else: those that the collector has set on this site, by their names. */
  function renewed(): readonly string[] {
    const ofSite = proxy.cookies.filter((header) => header.includes(`Domain=${world().domain};`))
    return [...new Set(ofSite.map((header) => header.split('=')[0]!))]
  }

  async function openAndWait(path: string): Promise<Tab> {
    const tab = await world().open(path)
    await stored('page_view')
    return tab
  }

  test('an answer of the collector sets the cookie for 400 days, for the whole site and its scripts', async () => {
    const tab = await openAndWait('/')
    await tab.evaluate(`(sojourn.track('later'), sojourn.flush().then(() => undefined))`)
    await stored('later')
    const header = await waitUntil('a cookie', () =>
      proxy.cookies.find((one) => one.includes(world().domain)),
    )
    expect(header).toMatch(
      new RegExp(`^sj_\\w+=[\\w.-]+; Path=/; Domain=${world().domain}; Max-Age=${LIFETIME_S}; SameSite=Lax$`),
    )
    const [name, value] = header.split(';')[0]!.split('=') as [string, string]
    const cookie = (await tab.cookies()).find((one) => one.name === name)
    expect(cookie).toMatchObject({ domain: `.${world().domain}` })
    expect(await tab.evaluate('document.cookie')).toContain(`${name}=`)
    const { visitorId } = await stored('later')
    expect(value).toContain(visitorId!.slice(0, 8))
  })

  test('where the browser keeps nothing but that cookie, the same visitor returns', async () => {
    const tab = await openAndWait('/')
    await tab.evaluate(`(sojourn.track('first_week'), sojourn.flush().then(() => undefined))`)
    const first = await stored('first_week')
    const kept = await waitUntil('a cookie', () => renewed()[0])
    await tab.goto(world().url('/bare'))
    await tab.evaluate(`(() => {
      for (const part of document.cookie.split('; ')) {
        const name = part.split('=')[0]
        if (name !== '${kept}') document.cookie = name + '=; Max-Age=0; Path=/; Domain=${world().domain}'
      }
      localStorage.clear()
    })()`)
    await tab.goto(world().url('/back'))
    await tab.evaluate(`(sojourn.track('next_month'), sojourn.flush().then(() => undefined))`)
    const again = await stored('next_month')
    expect(again.visitorId).toBe(first.visitorId)
    expect(again.session!.id).not.toBe(first.session!.id)
    expect(again.session!.number).toBe(2)
  })

  test('an answer that was on its way when the user signed out brings nobody back', async () => {
    const tab = await openAndWait('/')
    await tab.evaluate(`(sojourn.identify('u-1'), sojourn.flush().then(() => undefined))`)
    const known = await stored('identify')
    proxy.hold()
    await tab.evaluate(`(sojourn.track('as_one'), void sojourn.flush())`)
    await waitUntil('an answer on its way', () => proxy.waiting() > 0)
    await tab.evaluate('sojourn.reset()')
    proxy.release()
    await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 500))')
    await tab.goto(world().url('/next'))
    await tab.evaluate(`(sojourn.track('as_nobody'), sojourn.flush().then(() => undefined))`)
    const nobody = await stored('as_nobody')
    expect(nobody.userId).toBeUndefined()
    expect(nobody.visitorId).not.toBe(known.visitorId)
    expect(nobody.session).toMatchObject({ number: 2, startReason: 'user' })
  })

  test('an answer that was on its way when consent was withdrawn leaves no cookie', async () => {
    proxy.release()
    world().configure({
      'write-key': await collector.addSource(`${world().domain}-consent`, [
        `http://www.${world().domain}:${world().port}`,
      ]),
      endpoint: `http://collect.${world().domain}:${proxy.port}`,
      'cookie-renewal': 'true',
      consent: 'required',
    })
    const tab = await world().open('/')
    await tab.evaluate(`sojourn.setConsent('granted')`)
    await waitUntil('a cookie', () => renewed()[0])
    proxy.hold()
    await tab.evaluate(`(sojourn.track('last'), void sojourn.flush())`)
    await waitUntil('an answer on its way', () => proxy.waiting() > 0)
    await tab.evaluate(`sojourn.setConsent('denied')`)
    proxy.release()
    await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 500))')
    expect(await tab.cookies()).toEqual([])
    await tab.goto(world().url('/next'))
    expect(await tab.cookies()).toEqual([])
  })
})
