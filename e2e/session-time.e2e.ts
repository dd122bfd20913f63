import { expect, test } from 'vitest'
import { inEachEngine } from './in-each-engine.ts'
import { PAST_TIMEOUT_MS, sessionIds, stampOf } from './stamps.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

inEachEngine('a session in time', ({ world }) => {
  test('full page loads keep the session', async () => {
    const tab = await world().open('/a')
    await tab.goto(world().url('/b'))
    await tab.goto(world().url('/c'))
    const views = await world().arrived('page_view', 3)
    expect(views.map(({ page }) => page!.path)).toEqual(['/a', '/b', '/c'])
    expect(sessionIds(views)).toHaveLength(1)
    expect(stampOf(views)).toMatchObject({ number: 1, startReason: 'first' })
  })

  test('after the machine slept past the timeout, the first event is in a new session and arrives', async () => {
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    await world().moveWallClock(PAST_TIMEOUT_MS)
    await tab.evaluate(`sojourn.track('awake')`)
    expect(stampOf(await world().arrived('awake'))).toMatchObject({
      number: 2,
      previousId: first.id,
      startReason: 'timeout',
    })
  })

  test('a clock set back two hours neither freezes the session nor drops an event', async () => {
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    await world().moveWallClock(-2 * HOUR_MS)
    await tab.evaluate(`sojourn.track('in_the_past')`)
    expect(stampOf(await world().arrived('in_the_past')).id).toBe(first.id)
    await world().idle(PAST_TIMEOUT_MS)
    await tab.evaluate(`sojourn.track('after_a_pause')`)
    expect(stampOf(await world().arrived('after_a_pause'))).toMatchObject({
      number: 2,
      startReason: 'timeout',
    })
  })

  test('a clock that jumps to and fro starts no storm of sessions', async () => {
    const tab = await world().open()
    for (let jump = 0; jump < 6; jump++) {
      await world().moveWallClock(jump % 2 === 0 ? 3 * HOUR_MS : -3 * HOUR_MS)
      await tab.evaluate(`sojourn.track('jumped')`)
    }
    const jumped = await world().arrived('jumped', 6)
    expect(Math.max(...jumped.map(({ session }) => session!.number!))).toBeLessThanOrEqual(4)
  })

  test('a kiosk in use all day begins anew at the maximum length', async () => {
    world().configure({ 'max-length': String(2 * HOUR_MS) })
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    for (let step = 0; step < 7; step++) {
      await world().idle(20 * MINUTE_MS)
      await tab.evaluate(`sojourn.track('touched')`)
    }
    const touched = await world().arrived('touched', 7)
    expect(touched.slice(0, 5).map(({ session }) => session!.id)).toEqual(Array(5).fill(first.id))
    expect(touched[5]!.session).toMatchObject({ number: 2, startReason: 'max-length' })
    expect(touched[6]!.session).toEqual(touched[5]!.session)
  })

  test('session() tells the truth before the first event, extends nothing and revives nothing', async () => {
    const tab = await world().open()
    const first = stampOf(await world().arrived('page_view'))
    world().configure({ 'auto-page': 'false' })
    await world().idle(20 * MINUTE_MS)
    await tab.goto(world().url('/silent'))
    expect(await tab.evaluate('sojourn.session().id')).toBe(first.id)
    await world().idle(20 * MINUTE_MS)
    expect(await tab.evaluate('sojourn.session() === undefined')).toBe(true)
    await tab.evaluate(`sojourn.track('spoke')`)
    expect(stampOf(await world().arrived('spoke'))).toMatchObject({
      number: 2,
      previousId: first.id,
      startReason: 'timeout',
    })
  })

  test('sessions begin and end by hand, and what is queued cannot revive an ended one', async () => {
    const tab = await world().open()
    await tab.evaluate(`sojourn.startSession('order-4711')`)
    await tab.evaluate(`sojourn.track('in_order')`)
    await tab.evaluate(`(sojourn.track('last_words'), sojourn.endSession())`)
    await tab.evaluate(`sojourn.track('afterwards')`)
    const [inOrder] = await world().arrived('in_order')
    expect(inOrder!.session).toMatchObject({ id: 'order-4711', startReason: 'manual', number: 2 })
    expect(stampOf(await world().arrived('last_words')).id).toBe('order-4711')
    const afterwards = stampOf(await world().arrived('afterwards'))
    expect(afterwards).toMatchObject({ number: 3, previousId: 'order-4711', startReason: 'manual' })
    expect(afterwards.id).not.toBe('order-4711')
  })

  test('a campaign begins a session only where the owner asked for it', async () => {
    const tab = await world().open('/?utm_source=news&utm_medium=email')
    const first = stampOf(await world().arrived('page_view'))
    await tab.goto(world().url('/?utm_source=ads&utm_medium=cpc'))
    expect(sessionIds(await world().arrived('page_view', 2))).toEqual([first.id])
    world().configure({ 'split-on-campaign': 'true' })
    await tab.goto(world().url('/?utm_source=partner&utm_medium=link'))
    const views = await world().arrived('page_view', 3)
    expect(views[2]!.session).toMatchObject({ number: 2, startReason: 'campaign' })
    expect(views[2]!.campaign).toEqual({ source: 'partner', medium: 'link' })
  })
})
