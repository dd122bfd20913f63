import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SessionStamp } from '@sojourn/protocol'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import type { Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { forget } from './forget.ts'
import { inEachEngine } from './in-each-engine.ts'

/** Who is at a page, as its tracker says. */
interface Visit {
  readonly visitorId: string
  readonly session: SessionStamp
}

interface StoredVisits {
  readonly events: readonly Visit[]
}

const TWO_MINUTES_MS = 120_000

inEachEngine('linked domains', ({ world }) => {
  let collector: CollectorProcess
  let tab: Tab
  /** The product, on a domain of its own, and a site of somebody else. */
  let product: string
  let stranger: string

  beforeAll(async () => {
    collector = await startCollectorProcess()
  })
  afterAll(() => collector.end())

  beforeEach(async () => {
    const { domain, port } = world()
    product = `product-of-${domain}`
    stranger = `http://stranger-to-${domain}:${port}`
    world().configure({
      'write-key': await collector.addSource(domain),
      endpoint: `http://collect.localhost:${collector.port}`,
      'link-domains': `${domain},${product}`,
    })
    // Where the page came up, before the tracker touched the address.
    world().setPageScript('window.arrivedAt = location.href')
    tab = await world().open('/marketing')
  })

  const productUrl = (path: string): string => `http://${product}:${world().port}${path}`

  /** Records an event of that name here, and returns how it was stored. */
  async function visitHere(name: string): Promise<Visit> {
    await tab.evaluate(`(sojourn.track('${name}'), sojourn.flush().then(() => undefined))`)
    const path = `/v1/events?source=${world().domain}&name=${name}`
    return waitUntil(`${name} to be stored`, async () => (await collector.read<StoredVisits>(path)).events[0])
  }

  async function arrive(path: string): Promise<string> {
    await waitUntil(path, () =>
      tab.evaluate(`location.pathname === '${path}' && document.readyState === 'complete'`),
    )
    return tab.evaluate<string>('arrivedAt')
  }

  /** Puts a link into the page and lets the pointer come near, until the collector has sealed a token for it. */
  async function offerLink(href: string): Promise<void> {
    const before = await sealed()
    await tab.evaluate(`(() => {
      document.getElementById('out')?.remove()
      document.body.insertAdjacentHTML('afterbegin', '<p><a id="out" href="${href}">The product</a></p>')
      document.getElementById('out').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
    })()`)
    await waitUntil('a sealed token', async () => (await sealed()) > before)
    // The answer is read a moment after it is there.
    await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 50))')
  }

  const sealed = (): Promise<number> =>
    tab.evaluate<number>(
      `performance.getEntriesByType('resource').filter(({ name, responseEnd }) => name.endsWith('/v1/link') && responseEnd > 0).length`,
    )

  /** Follows a link from the page that is open; returns the address at which it arrived. */
  async function follow(url: string): Promise<string> {
    await tab.leaveTo(url)
    return arrive(new URL(url).pathname)
  }

  /** The product forgets who was here: the next to come is another person's browser. */
  async function anotherBrowser(): Promise<void> {
    await tab.goto(productUrl('/bare'))
    await tab.evaluate(forget(product))
  }

  const tokenIn = (address: string): string => new URL(address).searchParams.get('sj_link') ?? ''

  test('a click goes on as the same visitor in the same session, and the address is clean', async () => {
    const here = await visitHere('on_marketing')
    await offerLink(productUrl('/product?plan=pro#top'))
    await tab.click('#out')
    const address = await arrive('/product')
    expect(tokenIn(address)).not.toBe('')
    expect(tokenIn(address)).not.toContain('~')
    expect(tokenIn(address)).not.toContain(here.visitorId)
    expect(await tab.evaluate('location.href')).toBe(productUrl('/product?plan=pro#top'))
    const there = await visitHere('on_product')
    expect(there.visitorId).toBe(here.visitorId)
    expect(there.session).toEqual(here.session)
    const { counts } = await collector.read<{ counts: object }>(`/v1/sessions/${here.session.id}`)
    expect(counts).toMatchObject({ pageViews: 2 })
  })

  test('a form goes on too, and back again leads to the same visit', async () => {
    const here = await visitHere('on_marketing')
    await tab.evaluate(
      `document.body.insertAdjacentHTML('afterbegin', '<form action="${productUrl('/search')}"><input name="q" value="boats"><button id="out">Search</button></form>')`,
    )
    await tab.click('#out')
    expect(tokenIn(await arrive('/search'))).not.toBe('')
    expect(await tab.evaluate('location.href')).toBe(productUrl('/search?q=boats'))
    expect((await visitHere('on_product')).session).toEqual(here.session)
    await offerLink(world().url('/marketing-again'))
    await tab.click('#out')
    await arrive('/marketing-again')
    expect(await visitHere('back_again')).toMatchObject({ visitorId: here.visitorId, session: here.session })
  })

  test('it works while the collector is away', async () => {
    const here = await visitHere('on_marketing')
    await collector.kill()
    await tab.evaluate(
      `document.body.insertAdjacentHTML('afterbegin', '<p><a id="out" href="${productUrl('/product')}">The product</a></p>')`,
    )
    await tab.click('#out')
    expect(tokenIn(await arrive('/product'))).not.toBe('')
    expect(await tab.evaluate('location.href')).toBe(productUrl('/product'))
    await tab.evaluate(`sojourn.track('while_away')`)
    await collector.start()
    const there = await visitHere('on_product')
    expect(there).toMatchObject({ visitorId: here.visitorId, session: here.session })
  })

  test('a sealed link is good once, at its host, on its way from one domain to the other', async () => {
    const here = await visitHere('on_marketing')
    await offerLink(productUrl('/product'))
    await tab.click('#out')
    const address = await arrive('/product')
    expect((await visitHere('first_use')).visitorId).toBe(here.visitorId)

    const strangers: Visit[] = []
    const comesAgain = async (name: string, from: string, url: string): Promise<void> => {
      await anotherBrowser()
      await tab.goto(from)
      await follow(url)
      expect(await tab.evaluate('location.search')).toBe('')
      strangers.push(await visitHere(name))
    }
    // Used.
    await comesAgain('reused', world().url('/bare'), address)
    // Changed by one letter.
    await tab.goto(world().url('/marketing'))
    await offerLink(productUrl('/product'))
    await tab.click('#out')
    const unused = (await arrive('/product')).replace(/sj_link=(.)/, (_, first) =>
      first === 'A' ? 'sj_link=B' : 'sj_link=A',
    )
    await comesAgain('forged', world().url('/bare'), unused)
    // Brought to another host.
    await tab.goto(world().url('/marketing'))
    await offerLink(productUrl('/bare'))
    await tab.click('#out')
    const elsewhere = new URL(await arrive('/bare')).search
    await tab.goto(world().url('/bare'))
    await tab.evaluate(forget(world().domain))
    await tab.goto(productUrl('/bare'))
    await follow(world().url(`/elsewhere${elsewhere}`))
    strangers.push(await visitHere('elsewhere'))
    for (const one of strangers) {
      expect(one.visitorId).not.toBe(here.visitorId)
      expect(one.session).toMatchObject({ number: 1, startReason: 'first' })
    }
    expect(new Set(strangers.map(({ visitorId }) => visitorId))).toHaveLength(strangers.length)
  })

  test('a plain link that was passed on, planted or kept for two minutes begins somebody new', async () => {
    const here = await visitHere('on_marketing')
    await collector.kill()
    await tab.evaluate(
      `document.body.insertAdjacentHTML('afterbegin', '<p><a id="out" href="${productUrl('/product')}">The product</a></p>')`,
    )
    await tab.click('#out')
    const address = await arrive('/product')
    await collector.start()

    await anotherBrowser()
    await tab.goto('about:blank')
    await tab.goto(address)
    const friend = await visitHere('passed_on')
    expect(friend.visitorId).not.toBe(here.visitorId)

    await anotherBrowser()
    await tab.goto(`${stranger}/bare`)
    await follow(address)
    expect(await tab.evaluate('location.search')).toBe('')
    const planted = await visitHere('planted')
    expect(planted.visitorId).not.toBe(here.visitorId)

    // It would still be good now.
    await anotherBrowser()
    await tab.goto(world().url('/bare'))
    await follow(address)
    expect((await visitHere('in_time')).visitorId).toBe(here.visitorId)

    await anotherBrowser()
    await world().idle(TWO_MINUTES_MS)
    await tab.goto(world().url('/bare'))
    await follow(address)
    expect(await tab.evaluate('location.search')).toBe('')
    const late = await visitHere('kept')
    expect(late.visitorId).not.toBe(here.visitorId)
    expect(late.session).toMatchObject({ number: 1, startReason: 'first' })
  })

  test('a sealed link that nobody has used begins somebody new for who was sent it', async () => {
    const here = await visitHere('on_marketing')
    await offerLink(productUrl('/bare'))
    await tab.click('#out')
    const address = await arrive('/bare')
    expect(tokenIn(address)).toMatch(/^[^~]+$/)
    await tab.goto('about:blank')
    await tab.goto(address.replace('/bare', '/product'))
    expect(await tab.evaluate('location.search')).toBe('')
    expect((await visitHere('passed_on')).visitorId).not.toBe(here.visitorId)
  })

  test('a browser that knows its visitor keeps it', async () => {
    // The visit that comes along is further on than the product's own.
    await tab.evaluate('sojourn.startSession()')
    const here = await visitHere('on_marketing')
    expect(here.session.number).toBe(2)
    await tab.goto(productUrl('/product'))
    const own = await visitHere('own')
    expect(own.visitorId).not.toBe(here.visitorId)
    await tab.goto(world().url('/marketing'))
    await offerLink(productUrl('/product'))
    await tab.click('#out')
    expect(tokenIn(await arrive('/product'))).not.toBe('')
    expect(await visitHere('still_own')).toMatchObject({ visitorId: own.visitorId, session: own.session })
  })
})
