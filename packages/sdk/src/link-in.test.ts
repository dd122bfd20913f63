// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OTHER, arrive, comeBack, options, stay, tokenFrom, tokenOf } from './link.fixture.ts'
import { linkIn } from './link-in.ts'
import { linkOut } from './link-out.ts'
import { START, leavePage, openBrowser, showPage } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
  stay()
})
afterEach(comeBack)

describe('arriving by a link', () => {
  test('the visit goes on, and the parameter goes', async () => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(browser, tab)
    const before = browser.sent()[0]!
    arrive(token)
    browser.answers = [new Response(token), new Response('{}')]
    const here = browser.open(options, [linkIn])
    expect(location.href).toBe('https://www.shop.example/welcome?a=1&b=2#part')
    expect(history.state).toEqual({ mine: 1 })
    here.page()
    await browser.pass(2_000)
    const after = browser.sent().at(-1)!
    expect(after.visitorId).toBe(before.visitorId)
    expect(after.session).toEqual(before.session)
    expect(after.page!.url).not.toContain('sj_link')
    expect(after.page!.referrer).toBeUndefined()
  })

  test.each<[string, (token: string) => unknown]>([
    ['two minutes later', (token) => browser.pass(120_000).then(() => arrive(token))],
    ['for another host', (token) => arrive(token.replace('www.shop.example', 'other.example'))],
    ['from the future', (token) => arrive(token.replace(/^\d+/, `${Date.now() + 120_000}`))],
    ['from nowhere, as a link that was passed on', (token) => arrive(token, '')],
    ['from another site', (token) => arrive(token, 'https://evil.test/app.example')],
    ['cut off', (token) => arrive(token.slice(0, 60))],
    ['garbage', () => arrive('1~%~%~%')],
  ])('%s, it begins somebody new', async (_, come) => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(browser, tab)
    const before = browser.sent()[0]!
    browser.answers = [new TypeError('the collector is away'), new Response('{}')]
    await come(token)
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)!.visitorId).not.toBe(before.visitorId)
    expect(location.search).toBe('?a=1&b=2')
  })

  test('a browser that knows its visitor keeps it', async () => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(browser, tab)
    arrive('none')
    browser.open(options).page()
    await browser.pass(2_000)
    const known = browser.sent().at(-1)!.visitorId
    history.replaceState(null, '', `/?sj_link=${encodeURIComponent(token)}`)
    browser.answers = [new Response(token), new Response('{}')]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)!.visitorId).toBe(known)
    expect(location.href).toBe('https://www.shop.example/')
  })

  test('the same visitor goes on with the later session', async () => {
    const tab = browser.open(options, [linkOut])
    const cookies = async () => (await tokenFrom(browser, tab), document.cookie)
    const early = await cookies()
    tab.startSession()
    const token = await tokenFrom(browser, tab)
    const { session, visitorId } = browser.sent().at(-1)!
    arrive(token)
    for (const cookie of early.split('; ')) document.cookie = `${cookie};path=/;domain=shop.example`
    browser.answers = [new Response(token), new Response('{}')]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)).toMatchObject({ visitorId, session })
  })

  test('a link that is followed before tabs agreed on a visitor brings that visitor', async () => {
    browser.open(options, [linkOut]).page()
    const token = tokenOf(`<a href="${OTHER}/">`).replace('app.example', 'www.shop.example')
    leavePage()
    await browser.pass(0)
    const before = browser.sent()[0]!
    arrive(token)
    showPage(true)
    browser.answers = [new Response(token), new Response('{}')]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    const { visitorId, session } = browser.sent().at(-1)!
    expect(visitorId).toBe(before.visitorId)
    expect(session!.id).toBe(before.session!.id)
  })

  test('a consent that was asked for on this site is not taken from the other', async () => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(browser, tab)
    arrive(token)
    const here = browser.open({ ...options, consent: 'required' }, [linkIn])
    here.page()
    browser.answers = [new Response(token), new Response('{}')]
    here.setConsent('granted')
    await browser.pass(2_000)
    expect(document.cookie).toContain(`.1.${browser.sent()[0]!.visitorId}`)
  })

  const VISITOR = '3dbd1ac1-6a28-463a-a3c6-05593760831a'
  const opened = (at = Date.now()): string =>
    `${at}~www.shop.example~4.lwt5l1a8.lwt5mdbl.2.0.0.${VISITOR}....`

  test('a sealed one is opened by the collector, before anything is recorded', async () => {
    arrive('sealed-token')
    browser.answers = [new Response(opened())]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    const { url, batch } = browser.requests[0]!
    expect(url).toBe('https://collect.test/v1/link/redeem')
    expect(batch).toEqual({ writeKey: 'pk_test', token: 'sealed-token' })
    expect(browser.sent()).toMatchObject([{ visitorId: VISITOR, session: { number: 4 } }])
  })

  test.each<[string, string, () => Response | Error]>([
    ['sealed one that is refused', 'sealed', () => new Response(opened(), { status: 403 })],
    ['sealed one whose answer is lost', 'sealed', () => new TypeError('failed')],
    ['sealed one whose answer is odd', 'sealed', () => new Response(opened().replace(VISITOR, '5'))],
    ['sealed one that the browser finds too old', 'sealed', () => new Response(opened(START - 120_000))],
    ['plain one that was used', opened(START), () => new Response('{"reason":"used"}', { status: 403 })],
  ])('a %s begins somebody new', async (_, token, answer) => {
    arrive(token)
    browser.answers = [answer(), new Response('{}')]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent()).toHaveLength(1)
    expect(browser.sent()[0]!.session).toMatchObject({ number: 1, startReason: 'first' })
  })

  test('without linkDomains the parameter goes, and nothing else happens', async () => {
    arrive(opened())
    browser.open({}, [linkIn]).page()
    await browser.pass(2_000)
    expect(location.search).toBe('?a=1&b=2')
    expect(browser.sent()[0]!.visitorId).not.toBe(VISITOR)
    expect(browser.requests).toHaveLength(1)
  })
})
