import { expect, test } from 'vitest'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'
import type { World } from './world.ts'

/** `count` events of about 1.5 KB each, numbered from 0. */
const bulky = (count: number): string =>
  `{ for (let n = 0; n < ${count}; n++) sojourn.track('bulky', { n, filling: 'x'.repeat(1200) }) }`

/** The numbers of the `bulky` events that are stored, in order. */
const numbers = (world: World): readonly number[] =>
  world
    .events('bulky')
    .map(({ properties }) => properties!['n'] as number)
    .sort((a, b) => a - b)

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n)

/** Ids of all events that left the browser, as often as they did. */
const sentIds = (world: World): readonly string[] =>
  world.collector.batches.flatMap(({ events }) => events.map(({ id }) => id))

inEachEngine('delivery', ({ world }) => {
  test('an event and then a navigation at once: it arrives without a later visit', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    await tab.evaluate(`{ sojourn.track('leaving'); location.href = '/bare' }`)
    await world().arrived('leaving')
  })

  test('an event and then the tab is closed: it arrives without a later visit', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    await tab.evaluate(`sojourn.track('closing')`)
    await tab.close()
    await world().arrived('closing')
  })

  test('bodies go as text/plain, so that a cross-origin send needs no preflight', async () => {
    const tab = await world().open()
    await tab.evaluate(`{ sojourn.track('one'); location.href = '/bare' }`)
    await world().arrived('one')
    for (const batch of world().collector.batches) expect(batch.contentType).toMatch(/^text\/plain/)
  })

  test('120 events of 1.5 KB and then a navigation: none is lost and none stored twice', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    await tab.evaluate(bulky(120))
    await tab.goto(world().url('/bare'))
    await tab.goto(world().url('/next-visit'))
    await world().arrived('bulky', 120)
    expect(numbers(world())).toEqual(upTo(120))
  })

  test('120 events of 1.5 KB and then the tab is closed: the next visit brings what is missing', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    await tab.evaluate(bulky(120))
    await tab.close()
    await world().open('/next-visit')
    await world().arrived('bulky', 120, 30_000)
    expect(numbers(world())).toEqual(upTo(120))
  })

  test('the collector answers 503, the page reloads: all is delivered, once', async () => {
    world().collector.setMood({ kind: 'failing', status: 503 })
    const tab = await world().open()
    await tab.evaluate(bulky(6))
    await waitUntil('a refused batch', () => world().collector.batches.length > 0)
    await tab.goto(world().url('/reloaded'))
    await waitUntil('a refused batch after the reload', () => world().collector.batches.length > 1)
    world().collector.setMood({ kind: 'well' })
    await world().arrived('bulky', 6, 30_000)
    await world().arrived('page_view', 2, 30_000)
    expect(numbers(world())).toEqual(upTo(6))
  })

  test('a lost answer is asked for again with the same events, stored once', async () => {
    world().collector.setMood({ kind: 'accept-then-reset' })
    const tab = await world().open()
    await tab.evaluate(bulky(3))
    await world().arrived('bulky', 3)
    world().collector.setMood({ kind: 'well' })
    const before = world().collector.batches.length
    await waitUntil('the retry', () => world().collector.batches.length > before, 30_000)
    await tab.evaluate(`sojourn.track('done')`)
    await world().arrived('done', 1, 30_000)
    expect(numbers(world())).toEqual(upTo(3))
    expect(new Set(sentIds(world())).size).toBeLessThan(sentIds(world()).length)
  })

  test('the collector is gone and comes back: all is delivered, once', async () => {
    await world().collector.leave()
    const tab = await world().open()
    await tab.evaluate(bulky(10))
    await tab.goto(world().url('/still-down'))
    await tab.evaluate(`sojourn.track('still_down')`)
    await world().collector.comeBack()
    await tab.evaluate(`dispatchEvent(new Event('online'))`)
    await world().arrived('still_down', 1, 30_000)
    await world().arrived('bulky', 10, 30_000)
    expect(numbers(world())).toEqual(upTo(10))
  })

  test('Retry-After is honoured', async () => {
    world().collector.setMood({ kind: 'failing', status: 503, retryAfter: '3' })
    const tab = await world().open()
    await tab.evaluate(`sojourn.track('patient')`)
    await waitUntil('a refused batch', () => world().collector.batches.length > 0)
    const refusedAt = Date.now()
    world().collector.setMood({ kind: 'well' })
    await world().arrived('patient', 1, 30_000)
    expect(Date.now() - refusedAt).toBeGreaterThan(2_500)
  })

  test('one poisonous event is dropped and blocks no other', async () => {
    world().collector.setMood({ kind: 'choking', on: 'poison', status: 400 })
    const tab = await world().open()
    await tab.evaluate(
      `{ sojourn.track('before'); sojourn.track('poison'); sojourn.track('after'); void sojourn.flush() }`,
    )
    await world().arrived('before', 1, 30_000)
    await world().arrived('after', 1, 30_000)
    expect(world().events('poison')).toEqual([])
  })

  test('a batch that is too large is sent in halves', async () => {
    world().collector.setMood({ kind: 'full-at', events: 5 })
    const tab = await world().open()
    await tab.evaluate(bulky(20))
    await tab.evaluate('void sojourn.flush()')
    await world().arrived('bulky', 20, 30_000)
    expect(numbers(world())).toEqual(upTo(20))
  })

  test('hidden and shown within a second: each event leaves once', async () => {
    const tab = await world().open()
    await world().arrived('page_view')
    // They are on their way all the while.
    world().collector.setMood({ kind: 'slow', delayMs: 2_000 })
    // Small ones: what is on its way leaves room for all of them to leave again.
    await tab.evaluate(`{ for (let n = 0; n < 40; n++) sojourn.track('small', { n }) }`)
    await tab.hide()
    await tab.show()
    await tab.evaluate(`sojourn.track('seen_again')`)
    await world().arrived('seen_again')
    await world().arrived('small', 40)
    expect(sentIds(world()).length).toBe(new Set(sentIds(world())).size)
  })

  test('a tab that dies while it sends leaves its events to another, which stores each once', async () => {
    await world().collector.leave()
    const [dying, living] = [await world().open('/dying'), await world().open('/living')]
    await dying.evaluate(bulky(8))
    await dying.close()
    await world().collector.comeBack()
    await living.evaluate(`{ dispatchEvent(new Event('online')); sojourn.track('alive') }`)
    await world().arrived('alive', 1, 30_000)
    await living.goto(world().url('/next'))
    await world().arrived('bulky', 8, 30_000)
    expect(numbers(world())).toEqual(upTo(8))
  })
})
