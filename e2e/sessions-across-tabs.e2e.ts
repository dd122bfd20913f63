import type { WireEvent } from '@sojourn/protocol'
import { expect, test } from 'vitest'
import { inEachEngine } from './in-each-engine.ts'
import type { Stage } from './in-each-engine.ts'
import type { Tab } from './engines/engine.ts'
import { waitUntil } from './engines/wait-until.ts'
import { PAST_TIMEOUT_MS, sessionIds, stampOf, visitorIds } from './stamps.ts'
import type { World } from './world.ts'

const TABS = 8

/** How often the races are run; by hand: `SOJOURN_ROUNDS=100`. */
const ROUNDS = Number(process.env['SOJOURN_ROUNDS'] ?? 3)

const MINUTE_MS = 60_000

/** Removes every cookie of the site and its storage, from a page without a tracker. */
const forget = (domain: string): string => `(() => {
  for (const part of document.cookie.split('; ')) {
    const name = part.split('=')[0]
    document.cookie = name + '=; Max-Age=0; Path=/'
    document.cookie = name + '=; Max-Age=0; Path=/; Domain=${domain}'
  }
  localStorage.clear()
})()`

/** Leaves a page that may still be loading. */
async function leave(tab: Tab, url: string): Promise<void> {
  await tab.leaveTo(url)
  await waitUntil(url, () => tab.evaluate(`location.href === '${url}' && document.readyState === 'complete'`))
}

async function openMany(world: World, path: string): Promise<readonly Tab[]> {
  const tabs: Tab[] = []
  while (tabs.length < TABS) tabs.push(await world.open(path))
  return tabs
}

/** On https, and on plain http, where browsers give a page less to agree by. */
const firstVisits = ({ world }: Stage): void => {
  test(
    'eight tabs that open at the same instant on a first visit are one visitor in one session',
    async () => {
      const tabs = await openMany(world(), '/bare')
      // All rounds are run, so that a rare split is told as how many of how many.
      const split: string[] = []
      for (let round = 1; round <= ROUNDS; round++) {
        await tabs[0]!.evaluate(forget(world().domain))
        // At an instant a little later, again to the millisecond, so that each page can still say that it was there.
        const go = `location.href = '/first_${round}'`
        await world().atOnce(tabs, `void testClock.at(Date.now() + 100, () => (${go}))`)
        const ofRound = (): readonly WireEvent[] =>
          world()
            .events('page_view')
            .filter(({ page }) => page?.path === `/first_${round}`)
        await waitUntil(`the page views of round ${round}`, () => ofRound().length >= TABS)
        if (await tabs[0]!.evaluate<boolean>(`'sj_s' in localStorage`))
          split.push(`round ${round}: a copy of the state outside its cookie`)
        for (const tab of tabs) await leave(tab, world().url('/bare'))
        const first = ofRound()
        expect(first).toHaveLength(TABS)
        const [visitors, sessions] = [visitorIds(first).length, sessionIds(first).length]
        if (visitors > 1 || sessions > 1)
          split.push(`round ${round}: ${visitors} visitors, ${sessions} sessions`)
        expect(stampOf(first)).toMatchObject({ number: 1, startReason: 'first' })
      }
      expect(split, `of ${ROUNDS} rounds`).toEqual([])
    },
    30_000 + ROUNDS * 10_000,
  )
}

inEachEngine('first visits', firstVisits)
inEachEngine('first visits on plain http', firstVisits, ['maps-domains'], { secure: false })

inEachEngine('sessions across tabs', ({ world }) => {
  test(
    'eight tabs that find the session over at the same instant agree on the next',
    async () => {
      const tabs = await openMany(world(), '/')
      await world().arrived('page_view', TABS)
      for (let round = 1; round <= ROUNDS; round++) {
        const before = await tabs[0]!.evaluate<string>('sojourn.session().id')
        await world().idle(PAST_TIMEOUT_MS)
        await world().atOnce(tabs, `sojourn.track('woke_${round}')`)
        const woke = await world().arrived(`woke_${round}`, TABS)
        expect(sessionIds(woke), `round ${round}`).toHaveLength(1)
        expect(visitorIds(woke)).toHaveLength(1)
        expect(stampOf(woke)).toMatchObject({ number: round + 1, previousId: before, startReason: 'timeout' })
        const inMemory = await Promise.all(tabs.map((tab) => tab.evaluate('sojourn.session().id')))
        expect(new Set(inMemory)).toEqual(new Set([stampOf(woke).id]))
      }
    },
    30_000 + ROUNDS * 5_000,
  )

  test('a tab that idled follows the session that another kept alive', async () => {
    const [busy, idle] = [await world().open('/busy'), await world().open('/idle')]
    const [view] = await world().arrived('page_view', 2)
    for (let step = 0; step < 3; step++) {
      await world().idle(20 * MINUTE_MS)
      await busy.evaluate(`sojourn.track('kept_alive')`)
    }
    await idle.evaluate(`sojourn.track('looked')`)
    const looked = await world().arrived('looked')
    expect(stampOf(looked)).toEqual(view!.session)
  })

  test('an old tab neither revives an old session nor rolls activity back', async () => {
    const [old, other] = [await world().open('/old'), await world().open('/other')]
    await world().idle(PAST_TIMEOUT_MS)
    await other.evaluate(`sojourn.track('moved_on')`)
    const next = stampOf(await world().arrived('moved_on'))
    await world().idle(25 * MINUTE_MS)
    await old.evaluate(`sojourn.track('old_speaks')`)
    expect(stampOf(await world().arrived('old_speaks'))).toEqual(next)
    await world().idle(10 * MINUTE_MS)
    await other.evaluate(`sojourn.track('still_on')`)
    expect(stampOf(await world().arrived('still_on'))).toEqual(next)
  })

  test('every tab hears of each session exactly once', async () => {
    world().setPageScript(
      `window.heard = []; addEventListener('load', () => sojourn.onSession((session) => heard.push(session.id)))`,
    )
    const tabs = [await world().open('/one'), await world().open('/two')]
    await world().arrived('page_view', 2)
    await world().idle(PAST_TIMEOUT_MS)
    await tabs[0]!.evaluate(`sojourn.track('second')`)
    await tabs[1]!.evaluate(`sojourn.track('second')`)
    await tabs[1]!.evaluate(`sojourn.startSession('order-4711')`)
    await tabs[1]!.evaluate(`sojourn.track('third')`)
    await tabs[0]!.evaluate(`sojourn.track('third')`)
    const second = stampOf(await world().arrived('second', 2)).id
    const third = stampOf(await world().arrived('third', 2)).id
    expect(third).toBe('order-4711')
    for (const tab of tabs) {
      const heard = await tab.evaluate<string[]>('heard')
      expect(heard.filter((id) => id === second)).toHaveLength(1)
      expect(heard.filter((id) => id === third)).toHaveLength(1)
    }
  })

  test('numbers, previous ids and the sequence of each tab only grow', async () => {
    const tabs = [await world().open('/one'), await world().open('/two')]
    await world().arrived('page_view', 2)
    for (let round = 0; round < 3; round++) {
      for (const tab of tabs) await tab.evaluate(`sojourn.track('step')`)
      await world().idle(PAST_TIMEOUT_MS)
    }
    const steps = await world().arrived('step', 6)
    const sessions = [...new Map(steps.map(({ session }) => [session!.number, session!])).values()]
    expect(sessions.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(sessions[1]!.previousId).toBe(sessions[0]!.id)
    expect(sessions[2]!.previousId).toBe(sessions[1]!.id)
    for (const tab of new Set(steps.map((event) => event.tab))) {
      const seqs = world()
        .events()
        .filter((event) => event.tab === tab)
        .map(({ seq }) => seq!)
        .sort((a, b) => a - b)
      expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    }
  })

  test('same-site frames and sub-domains share the session', async () => {
    const tab = await world().open('/outer')
    const frame = `new Promise((resolve) => {
      const frame = document.createElement('iframe')
      frame.src = ${JSON.stringify(world().url('/framed', 'app'))}
      frame.onload = resolve
      document.body.append(frame)
    }).then(() => undefined)`
    await tab.evaluate(frame)
    await tab.goto(world().url('/sibling', 'app'))
    const views = await world().arrived('page_view', 3)
    expect(sessionIds(views)).toHaveLength(1)
    expect(visitorIds(views)).toHaveLength(1)
  })
})

inEachEngine(
  'frozen tabs',
  ({ world }) => {
    test('a tab frozen for longer than a session joins the present one', async () => {
      const [frozen, other] = [await world().open('/frozen'), await world().open('/other')]
      await frozen.hide()
      await frozen.freeze()
      await world().idle(25 * 60 * MINUTE_MS)
      await other.evaluate(`sojourn.track('present')`)
      const present = stampOf(await world().arrived('present'))
      await frozen.thaw()
      await frozen.show()
      await frozen.evaluate(`sojourn.track('thawed')`)
      expect(stampOf(await world().arrived('thawed'))).toEqual(present)
    })
  },
  ['freezes-tabs'],
)
