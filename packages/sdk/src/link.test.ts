// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { linkIn } from './link-in.ts'
import { linkOut } from './link-out.ts'
import { clearCookies, openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

const OTHER = 'https://app.example'
const options = { linkDomains: ['app.example', 'shop.example'] }

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
  document.body.innerHTML = ''
  document.body.addEventListener('click', (event) => event.preventDefault())
  document.body.addEventListener('submit', (event) => event.preventDefault())
})
afterEach(() => {
  history.replaceState(null, '', '/')
  Reflect.deleteProperty(document, 'referrer')
})

/** Where a click on this element would lead, with what the tracker adds to it at that moment. */
function follow(html: string, type = 'click'): URL {
  document.body.innerHTML = html
  const element = document.body.firstElementChild!
  element.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }))
  return new URL(element.getAttribute('href') ?? element.getAttribute('action')!, location.href)
}

/** Comes from another domain, with this token, as a browser that knows nobody here. */
function arrive(token: string, referrer = `${OTHER}/page`): void {
  clearCookies()
  localStorage.clear()
  history.replaceState({ mine: 1 }, '', `/welcome?a=1&sj_link=${encodeURIComponent(token)}&b=2#part`)
  Object.defineProperty(document, 'referrer', { configurable: true, value: referrer })
}

/** An unsigned token that leads here, made on the other domain's page. */
async function tokenFrom(tab: ReturnType<TestBrowser['open']>): Promise<string> {
  tab.page()
  await browser.pass(2_000)
  const token = follow(`<a href="${OTHER}/cart?x=1">`).searchParams.get('sj_link')!
  return token.replace('app.example', 'www.shop.example')
}

describe('a link to another domain of the site', () => {
  test('carries the visit, and only for the click', async () => {
    const tab = browser.open(options, [linkOut])
    tab.page()
    const url = follow(`<a href="${OTHER}/cart?x=1#top">`)
    expect(url.href).toMatch(/^https:\/\/app\.example\/cart\?x=1&sj_link=u~\d+~app\.example~.*#top$/)
    expect(url.searchParams.get('sj_link')).toContain(tab.session()!.id)
    await browser.pass(0)
    expect(document.body.innerHTML).toBe(`<a href="${OTHER}/cart?x=1#top"></a>`)
  })

  test.each([
    ['a sub-domain of it', '<a href="https://www.app.example/">', 'click', true],
    ['opened in a new tab', `<a href="${OTHER}">`, 'auxclick', true],
    ['a form by POST', `<form method="post" action="${OTHER}/login">`, 'submit', true],
    ['a domain of somebody else', '<a href="https://app.example.evil.test/">', 'click', false],
    ['the own domain, which shares the cookies', '<a href="https://docs.shop.example/">', 'click', false],
    ['a page of its own', '<a href="/cart">', 'click', false],
    ['another scheme', '<a href="mailto:a@app.example">', 'click', false],
    ['no address', '<a href="https://">', 'click', false],
  ])('%s', async (_, html, type, isLinked) => {
    const tab = browser.open(options, [linkOut])
    tab.page()
    await browser.pass(2_000)
    document.body.innerHTML = html
    const element = document.body.firstElementChild!
    element.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }))
    expect(document.body.innerHTML.includes('sj_link')).toBe(isLinked)
  })

  test('a form by GET carries it among its fields, once', () => {
    browser.open(options, [linkOut]).page()
    follow(`<form action="${OTHER}/search"><input name="q"></form>`, 'submit')
    const form = document.querySelector('form')!
    /** The fields as a browser sends them. jsdom does not tell of it. */
    const fields = () => {
      const formData = new FormData(form)
      form.dispatchEvent(Object.assign(new Event('formdata'), { formData }))
      return formData
    }
    expect(fields().get('sj_link')).toMatch(/^u~/)
    expect(form.action).toBe(`${OTHER}/search`)
    expect(fields().has('sj_link')).toBe(false)
  })

  test('the collector signs it ahead of the click, for one use', async () => {
    const tab = browser.open(options, [linkOut])
    tab.page()
    await browser.pass(2_000)
    browser.answers = [new Response('{"token":"signed"}')]
    follow(`<a href="${OTHER}/">`, 'pointerover')
    follow(`<a href="${OTHER}/">`, 'focusin')
    await browser.pass(0)
    const { url, batch } = browser.requests.at(-1)!
    expect(url).toBe('https://collect.test/v1/link')
    const { visitorId, session } = browser.sent()[0]!
    expect(batch).toEqual({ writeKey: 'pk_test', visitorId, session, host: 'app.example' })
    expect(browser.requests).toHaveLength(2)
    expect(follow(`<a href="${OTHER}/">`).searchParams.get('sj_link')).toBe('signed')
    expect(follow(`<a href="${OTHER}/">`).searchParams.get('sj_link')).toMatch(/^u~/)
  })

  test('a signed one that is too old, or of another session, is not used', async () => {
    const tab = browser.open(options, [linkOut])
    browser.answers = [new Response('{"token":"signed"}')]
    tab.page()
    follow(`<a href="${OTHER}/">`, 'pointerover')
    await browser.pass(60_000)
    expect(follow(`<a href="${OTHER}/">`).searchParams.get('sj_link')).toMatch(/^u~/)
    follow(`<a href="${OTHER}/">`, 'pointerover')
    await browser.pass(0)
    tab.startSession()
    expect(follow(`<a href="${OTHER}/">`).searchParams.get('sj_link')).toMatch(/^u~/)
  })

  test('without consent it carries nothing', () => {
    browser.open({ ...options, consent: 'required' }, [linkOut]).page()
    expect(follow(`<a href="${OTHER}/">`).href).toBe(`${OTHER}/`)
  })
})

describe('arriving by a link', () => {
  test('the visit goes on, and the parameter goes', async () => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(tab)
    const before = browser.sent()[0]!
    arrive(token)
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
    ['from the future', (token) => arrive(token.replace(/~\d+~/, `~${Date.now() + 60_000}~`))],
    ['from nowhere, as a link that was passed on', (token) => arrive(token, '')],
    ['from another site', (token) => arrive(token, 'https://evil.test/app.example')],
    ['cut off', (token) => arrive(token.slice(0, 60))],
    ['garbage', () => arrive('u~1~%~%~%')],
  ])('%s, it begins somebody new', async (_, come) => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(tab)
    const before = browser.sent()[0]!
    await come(token)
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)!.visitorId).not.toBe(before.visitorId)
    expect(location.search).toBe('?a=1&b=2')
  })

  test('a browser that knows its visitor keeps it', async () => {
    const tab = browser.open(options, [linkOut])
    const token = await tokenFrom(tab)
    arrive('none')
    browser.open(options).page()
    await browser.pass(2_000)
    const known = browser.sent().at(-1)!.visitorId
    history.replaceState(null, '', `/?sj_link=${encodeURIComponent(token)}`)
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)!.visitorId).toBe(known)
    expect(location.href).toBe('https://www.shop.example/')
  })

  test('the same visitor goes on with the later session', async () => {
    const tab = browser.open(options, [linkOut])
    const cookies = async () => (await tokenFrom(tab), document.cookie)
    const early = await cookies()
    tab.startSession()
    const token = await tokenFrom(tab)
    const { session, visitorId } = browser.sent().at(-1)!
    arrive(token)
    for (const cookie of early.split('; ')) document.cookie = `${cookie};path=/;domain=shop.example`
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent().at(-1)).toMatchObject({ visitorId, session })
  })

  const visit = {
    visitorId: '3dbd1ac1-6a28-463a-a3c6-05593760831a',
    session: { id: 'theirs', number: 4, startedAt: 1_717_055_000_000, startReason: 'timeout' },
  }

  test('a signed one is opened by the collector, before anything is recorded', async () => {
    arrive('signed-token')
    browser.answers = [new Response(JSON.stringify(visit))]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    const { url, batch } = browser.requests[0]!
    expect(url).toBe('https://collect.test/v1/link/redeem')
    expect(batch).toEqual({ writeKey: 'pk_test', token: 'signed-token', host: 'www.shop.example' })
    expect(browser.sent()).toMatchObject([visit])
  })

  test.each<[string, Response | Error]>([
    ['refused', new Response('{"title":"used"}', { status: 409 })],
    ['lost', new TypeError('failed')],
    ['odd', new Response(JSON.stringify({ ...visit, visitorId: 5 }))],
  ])('a signed one that is %s begins somebody new', async (_, answer) => {
    arrive('signed-token')
    browser.answers = [answer, new Response('{}')]
    browser.open(options, [linkIn]).page()
    await browser.pass(2_000)
    expect(browser.sent()).toHaveLength(1)
    expect(browser.sent()[0]!.session).toMatchObject({ number: 1, startReason: 'first' })
  })

  test('without linkDomains the parameter is nothing to us', () => {
    arrive('anything')
    browser.open({}, [linkIn])
    expect(location.search).toContain('sj_link')
  })
})
