import { expect, test } from 'vitest'
import { inEachEngine } from './in-each-engine.ts'
import { sessionIds, visitorIds } from './stamps.ts'

const REFUSES_ALL = `
  const refuse = () => { throw new DOMException('denied', 'SecurityError') }
  Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse })
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
    Object.defineProperty(window, name, { get: refuse })
`

/** No cookie is taken for the whole site. */
const REFUSES_WIDE = `{
  const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  Object.defineProperty(Document.prototype, 'cookie', {
    get,
    set(text) { if (!/domain=\\.?DOMAIN(;|$)/i.test(text)) set.call(this, text) },
  })
}`

const FILLS_STORAGE = `
  try { for (let n = 0; ; n++) localStorage.setItem('filling' + n, 'x'.repeat(200_000)) } catch {}
  try { for (let n = 0; ; n++) localStorage.setItem('crumb' + n, 'x'.repeat(100)) } catch {}
`

inEachEngine('trouble with storage', ({ world }) => {
  test('cookies and storage that throw: no error, events sent, one stable id', async () => {
    world().setPageScript(REFUSES_ALL)
    const tab = await world().open()
    await tab.evaluate(`(sojourn.track('one'), sojourn.track('two'))`)
    await world().arrived('two')
    expect(visitorIds(world().events())).toHaveLength(1)
    expect(sessionIds(world().events())).toHaveLength(1)
  })

  test('a full localStorage: no error, and events are sent', async () => {
    world().setPageScript(FILLS_STORAGE)
    const tab = await world().open()
    await tab.evaluate(`sojourn.track('squeezed')`)
    await world().arrived('squeezed')
    await tab.evaluate('localStorage.clear()')
  })

  test('the cookies are on the widest domain, under 200 bytes, and no probe is left', async () => {
    const tab = await world().open('/?utm_source=a-rather-long-campaign-source-that-somebody-thought-of')
    await tab.evaluate(`(sojourn.identify('somebody@example.org'), sojourn.track('after'))`)
    await world().arrived('after')
    const cookies = await tab.cookies()
    expect(cookies.length).toBeGreaterThan(0)
    for (const { domain } of cookies) expect(domain).toBe(`.${world().domain}`)
    const bytes = cookies.map(({ name, value }) => `${name}=${value}`).join('; ').length
    expect(bytes).toBeLessThanOrEqual(200)
    for (const { value } of cookies) {
      expect(value).not.toContain('somebody')
      expect(value).not.toContain('http')
    }
    await tab.goto(world().url('/second'))
    expect((await tab.cookies()).map(({ name }) => name).sort()).toEqual(
      cookies.map(({ name }) => name).sort(),
    )
  })

  test('an address instead of a name has its own cookie, and the session stays', async () => {
    const tab = await world().open('/bare')
    await tab.goto(`http://127.0.0.1:${world().port}/first`)
    await tab.goto(`http://127.0.0.1:${world().port}/second`)
    const views = await world().arrived('page_view', 2)
    expect(sessionIds(views)).toHaveLength(1)
    for (const { domain } of await tab.cookies()) expect(domain).toBe('127.0.0.1')
  })

  test('a same-named cookie on a narrower domain cannot win', async () => {
    // Once the tracker could write for this host alone: what it left there looks like any other.
    world().setPageScript(REFUSES_WIDE.replace('DOMAIN', world().domain))
    const tab = await world().open('/narrow')
    const [stale] = await world().arrived('page_view')
    const left = (await tab.evaluate<string>('document.cookie')).split('; ')
    expect(left[0]).toContain('=')

    world().setPageScript('')
    await tab.goto(world().url('/wide', 'app'))
    const [, wide] = await world().arrived('page_view', 2)
    expect(wide!.visitorId).not.toBe(stale!.visitorId)
    // It comes before ours in what the browser sends, then after it, then as garbage.
    const garbage = left.map((text) => text.replace(/=.*/, '=stale'))
    for (const texts of [[], left, garbage]) {
      await tab.goto(world().url('/bare'))
      for (const text of texts)
        await tab.evaluate(`void (document.cookie = '${text}; Path=/; Max-Age=86400')`)
      const seen = world().events('page_view').length
      await tab.goto(world().url('/both'))
      const view = (await world().arrived('page_view', seen + 1)).at(-1)!
      expect(view.visitorId).toBe(wide!.visitorId)
      expect(view.session!.id).toBe(wide!.session!.id)
    }
  })

  test('garbage in every cookie and key: no error, and a session all the same', async () => {
    const tab = await world().open('/first')
    await world().arrived('page_view')
    const cookies = await tab.cookies()
    for (const garbage of ['', '%', '0', '{"a":', '1.1.1.1.1.1.1', 'x'.repeat(500)]) {
      await tab.goto(world().url('/bare'))
      for (const { name } of cookies)
        await tab.evaluate(
          `void (document.cookie = ${JSON.stringify(`${name}=${garbage}; Path=/; Domain=${world().domain}; Max-Age=900`)})`,
        )
      await tab.evaluate(
        `void Object.keys(localStorage).forEach((key) => localStorage.setItem(key, ${JSON.stringify(garbage)}))`,
      )
      const seen = world().events('page_view').length
      await tab.goto(world().url('/again'))
      const views = await world().arrived('page_view', seen + 1)
      expect(views.at(-1)!.session!.id).toMatch(/./)
    }
  })

  test('cookies cleared while the page is open: the next event still has a session', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    await tab.evaluate(`{
      for (const part of document.cookie.split('; '))
        document.cookie = part.split('=')[0] + '=; Max-Age=0; Path=/; Domain=${world().domain}'
      localStorage.clear()
      sojourn.track('after')
      sojourn.track('after')
    }`)
    const after = await world().arrived('after', 2)
    expect(sessionIds(after)).toHaveLength(1)
    expect(after[0]!.session).toBeDefined()
  })
})
