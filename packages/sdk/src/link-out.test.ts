// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { OTHER, comeBack, follow, options, stay, tokenOf } from './link.fixture.ts'
import { linkOut } from './link-out.ts'
import { openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
  stay()
})
afterEach(comeBack)

describe('a link to another domain of the site', () => {
  test('carries the visit, and only for the click', async () => {
    const tab = browser.open(options, [linkOut])
    tab.page()
    const url = follow(`<a href="${OTHER}/cart?x=1#top">`)
    expect(url.href).toMatch(/^https:\/\/app\.example\/cart\?x=1&sj_link=.*#top$/)
    const [at, host, state] = url.searchParams.get('sj_link')!.split('~')
    expect([Number(at), host]).toEqual([Date.now(), 'app.example'])
    await browser.pass(2_000)
    expect(state).toContain(browser.sent()[0]!.visitorId)
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
    ['no link', '<p>https://app.example/</p>', 'click', false],
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
    expect(fields().get('sj_link')).toMatch(/~app\.example~/)
    expect(fields().has('sj_link')).toBe(false)
  })

  test('the collector seals it ahead of the click, for one use', async () => {
    browser.open(options, [linkOut]).page()
    await browser.pass(2_000)
    browser.answers = [new Response('sealed')]
    follow(`<a href="${OTHER}/">`, 'pointerover')
    follow(`<a href="${OTHER}/">`, 'focusin')
    await browser.pass(0)
    const { url, batch } = browser.requests.at(-1)!
    expect(url).toBe('https://collect.test/v1/link')
    const { visitorId } = browser.sent()[0]!
    const token = expect.stringMatching(`^${Date.now()}~app.example~1\\.(.*)\\.${visitorId}`) as string
    expect(batch).toEqual({ writeKey: 'pk_test', token })
    expect(browser.requests).toHaveLength(2)
    expect(tokenOf(`<a href="${OTHER}/">`)).toBe('sealed')
    expect(tokenOf(`<a href="${OTHER}/">`)).toMatch(/~/)
  })

  test.each<[string, (tab: ReturnType<TestBrowser['open']>) => unknown]>([
    ['too old', () => browser.pass(60_000)],
    ['of another session', (tab) => tab.startSession()],
    ['of a session that is over', (tab) => tab.endSession()],
  ])('a sealed one that is %s is not used', async (_, change) => {
    const tab = browser.open(options, [linkOut])
    tab.page()
    await browser.pass(2_000)
    browser.answers = [new Response('sealed')]
    follow(`<a href="${OTHER}/">`, 'pointerover')
    await browser.pass(0)
    await change(tab)
    expect(tokenOf(`<a href="${OTHER}/">`)).toMatch(/~/)
  })

  test('a collector that refuses to seal it puts nothing of its own in the address', async () => {
    browser.open(options, [linkOut]).page()
    await browser.pass(2_000)
    browser.answers = [new Response('{"title":"no"}', { status: 429 })]
    follow(`<a href="${OTHER}/">`, 'pointerover')
    await browser.pass(0)
    expect(tokenOf(`<a href="${OTHER}/">`)).toMatch(/^\d+~app\.example~/)
  })

  test('takes the place of a token that somebody planted', () => {
    browser.open(options, [linkOut]).page()
    const planted = follow(`<a href="${OTHER}/?sj_link=planted">`)
    expect(planted.searchParams.getAll('sj_link')).toEqual([expect.stringMatching(/^\d+~/)])
  })

  test('without consent it carries nothing', () => {
    browser.open({ ...options, consent: 'required' }, [linkOut]).page()
    expect(follow(`<a href="${OTHER}/">`).href).toBe(`${OTHER}/`)
  })
})
