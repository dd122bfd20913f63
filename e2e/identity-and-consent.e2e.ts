import type { WireEvent } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'
import { sessionIds, stampOf, visitorIds } from './stamps.ts'

/** Everything a page of the site can see of our storage. */
const STORED = `({ cookies: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage) })`
const NOTHING: { cookies: string; local: string[]; session: string[] } = {
  cookies: '',
  local: [],
  session: [],
}

inEachEngine('identity', ({ world }) => {
  test('a first identify keeps visitor and session', async () => {
    const tab = await world().open()
    await tab.evaluate(`(sojourn.identify('u-42', { plan: 'pro' }), sojourn.track('after'))`)
    await world().arrived('after')
    expect(sessionIds(world().events())).toHaveLength(1)
    expect(visitorIds(world().events())).toHaveLength(1)
    expect(world().events('identify')[0]).toMatchObject({ userId: 'u-42', traits: { plan: 'pro' } })
    expect(world().events('after')[0]!.userId).toBe('u-42')
  })

  test('reset() of someone anonymous changes nothing', async () => {
    const tab = await world().open()
    await tab.evaluate(`(sojourn.reset(), sojourn.track('after'))`)
    await world().arrived('after')
    expect(sessionIds(world().events())).toHaveLength(1)
    expect(visitorIds(world().events())).toHaveLength(1)
  })

  test('another user, or reset() after an identify, is another visitor in another session, in every tab', async () => {
    const [tab, sibling] = [await world().open('/one'), await world().open('/two')]
    const inBoth = async (change: string, name: string): Promise<WireEvent> => {
      await tab.evaluate(`(${change}, sojourn.track('${name}'))`)
      await sibling.evaluate(`sojourn.track('${name}')`)
      const both = await world().arrived(name, 2)
      const here = both.find(({ page }) => page?.path === '/one')!
      const beside = both.find(({ page }) => page?.path === '/two')!
      expect(beside.visitorId).toBe(here.visitorId)
      expect(beside.session).toEqual(here.session)
      // Storage of another process is a moment behind cookies: the event may lack the user, and never has another's.
      expect([here.userId, undefined]).toContain(beside.userId)
      return here
    }
    const one = await inBoth(`sojourn.identify('u-1')`, 'as_one')
    const two = await inBoth(`sojourn.identify('u-2')`, 'as_two')
    const nobody = await inBoth('sojourn.reset()', 'as_nobody')
    expect(visitorIds([one, two, nobody])).toHaveLength(3)
    expect(sessionIds([one, two, nobody])).toHaveLength(3)
    expect([two, nobody].map(({ session }) => session!.startReason)).toEqual(['user', 'user'])
    expect([one, two, nobody].map(({ userId }) => userId)).toEqual(['u-1', 'u-2', undefined])
  })

  test('automation and privacy signals are reported', async () => {
    world().setPageScript(`Object.defineProperties(navigator, {
      globalPrivacyControl: { value: true },
      doNotTrack: { value: '1' },
    })`)
    await world().open()
    await world().arrived('page_view')
    const { context } = world().collector.batches[0]!
    expect(context.automated).toBe(true)
    expect(context.privacy).toEqual({ gpc: true, dnt: true })
  })
})

inEachEngine('consent', ({ world }) => {
  test('before consent nothing is written and no request leaves; with it, all goes on', async () => {
    world().configure({ consent: 'required' })
    const tab = await world().open()
    await tab.evaluate(`sojourn.track('too_early')`)
    await tab.goto(world().url('/second'))
    expect(await tab.evaluate(STORED)).toEqual(NOTHING)
    expect(await tab.cookies()).toEqual([])
    expect(await tab.evaluate('sojourn.session() === undefined')).toBe(true)
    expect(world().collector.batches).toEqual([])
    await tab.evaluate(`(sojourn.setConsent('granted'), sojourn.track('welcome'))`)
    expect(stampOf(await world().arrived('welcome'))).toMatchObject({ number: 1, startReason: 'first' })
    expect((await tab.cookies()).length).toBeGreaterThan(0)
  })

  test('withdrawn consent removes all that was ever written, in all tabs', async () => {
    world().configure({ consent: 'required', 'end-on-close': 'true' })
    const [tab, sibling] = [await world().open('/one'), await world().open('/two')]
    await tab.evaluate(`(sojourn.setConsent('granted'), sojourn.track('welcome'))`)
    await sibling.evaluate(`sojourn.setConsent('granted')`)
    await world().arrived('welcome')
    // A known user, and events that wait for a collector: both are in storage.
    world().collector.setMood({ kind: 'failing', status: 503 })
    for (const one of [tab, sibling])
      await one.evaluate(
        `(sojourn.identify('u-42'), sojourn.track('unsent'), sojourn.flush().then(() => undefined))`,
      )
    expect((await tab.evaluate<typeof NOTHING>(STORED)).local.length).toBeGreaterThan(1)
    await tab.evaluate(`sojourn.setConsent('denied')`)
    await waitUntil('the sibling to fall silent', async () => {
      await sibling.evaluate(`sojourn.track('unheard')`)
      return (await sibling.evaluate('sojourn.session() === undefined')) as boolean
    })
    world().collector.setMood({ kind: 'well' })
    const before = world().events().length
    await tab.evaluate(`sojourn.track('unheard')`)
    for (const one of [tab, sibling])
      await one.evaluate('Promise.resolve(sojourn.flush()).then(() => undefined)')
    expect(await tab.evaluate(STORED)).toEqual(NOTHING)
    expect(await sibling.evaluate(STORED)).toEqual(NOTHING)
    expect(await tab.cookies()).toEqual([])
    expect(world().events()).toHaveLength(before)
  })
})
