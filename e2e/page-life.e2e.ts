import { expect, test } from 'vitest'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'
import { PAST_TIMEOUT_MS, stampOf } from './stamps.ts'

const SAYS_WHEN_RESTORED = `addEventListener('pageshow', (event) => { if (event.persisted) window.restored = true })`

inEachEngine('the life of a page', ({ world }) => {
  test('restored from the back/forward cache within the timeout: a page view in the same session', async () => {
    world().setPageScript(SAYS_WHEN_RESTORED)
    const tab = await world().open('/one')
    // A browser keeps no page whose requests are still on their way.
    await world().arrived('page_view', 1)
    await tab.goto(world().url('/two'))
    await world().arrived('page_view', 2)
    await tab.back()
    const views = await world().arrived('page_view', 3)
    expect(await tab.evaluate('window.restored')).toBe(true)
    expect(views[2]!.page!.path).toBe('/one')
    expect(views[2]!.session).toEqual(views[0]!.session)
  })

  test('restored after the timeout: a page view in a new session', async () => {
    world().setPageScript(SAYS_WHEN_RESTORED)
    const tab = await world().open('/one')
    await world().arrived('page_view', 1)
    await tab.goto(world().url('/two'))
    const first = stampOf(await world().arrived('page_view', 2))
    await world().idle(PAST_TIMEOUT_MS)
    await tab.back()
    const views = await world().arrived('page_view', 3)
    expect(await tab.evaluate('window.restored')).toBe(true)
    expect(views[2]!.page!.path).toBe('/one')
    expect(views[2]!.session).toMatchObject({ number: 2, previousId: first.id, startReason: 'timeout' })
  })

  test('a page that loads out of sight has no page view and no session before it is shown', async () => {
    const tab = await world().open('/bare')
    await tab.hide()
    await tab.goto(world().url('/unseen'))
    await tab.evaluate('sojourn.flush()')
    expect(world().events()).toEqual([])
    await tab.show()
    const [view] = await world().arrived('page_view')
    expect(view!.page!.path).toBe('/unseen')
    expect(view!.session).toMatchObject({ number: 1, startReason: 'first' })
  })

  test('engagement is told when the page goes out of sight, and extends no session', async () => {
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    await tab.click('h1')
    await world().idle(10_000)
    await tab.hide()
    const [engagement] = await world().arrived('engagement')
    expect(engagement!.passive).toBe(true)
    expect(engagement!.session!.id).toBe(first.id)
    expect(engagement!.properties!['engagedMs']).toBeGreaterThanOrEqual(10_000)
    expect(engagement!.properties!['engagedMs']).toBeLessThan(20_000)
  })

  test('engagement told late stays with the session in which it was measured', async () => {
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    await tab.click('h1')
    await world().idle(PAST_TIMEOUT_MS)
    await tab.hide()
    const [engagement] = await world().arrived('engagement')
    expect(engagement!.session!.id).toBe(first.id)
    await tab.show()
    await tab.evaluate(`sojourn.track('back_again')`)
    expect(stampOf(await world().arrived('back_again'))).toMatchObject({ number: 2, startReason: 'timeout' })
  })

  test('pages hold no unload and no beforeunload listener', async () => {
    world().setPageScript(`{
      window.listening = []
      const add = EventTarget.prototype.addEventListener
      EventTarget.prototype.addEventListener = function (type, ...rest) {
        window.listening.push(type)
        return add.call(this, type, ...rest)
      }
    }`)
    const tab = await world().open()
    await waitUntil('the tracker to listen', () => tab.evaluate(`listening.includes('pagehide')`))
    const listening = await tab.evaluate<string[]>('listening')
    expect(listening).not.toContain('unload')
    expect(listening).not.toContain('beforeunload')
  })
})
