import { expect, test } from 'vitest'
import { inEachEngine } from './in-each-engine.ts'

inEachEngine('single-page apps', ({ world }) => {
  /** The paths of all page views so far, once `done` of them have come. */
  const paths = async (done: number): Promise<readonly (string | undefined)[]> =>
    (await world().arrived('page_view', done)).map(({ page }) => page?.path)

  test('one page view per change of route, by push, replace and pop', async () => {
    const tab = await world().open('/start')
    await tab.evaluate(`history.pushState({}, '', '/pushed')`)
    expect(await paths(2)).toEqual(['/start', '/pushed'])
    await tab.evaluate(`history.replaceState({}, '', '/replaced')`)
    expect(await paths(3)).toEqual(['/start', '/pushed', '/replaced'])
    await tab.evaluate(`void history.back()`)
    expect(await paths(4)).toEqual(['/start', '/pushed', '/replaced', '/start'])
    await tab.evaluate(`history.replaceState({ scroll: 10 }, '', location.href)`)
    await tab.evaluate(`history.pushState({}, '', location.href)`)
    await tab.evaluate(`(sojourn.track('end'), sojourn.flush())`)
    await world().arrived('end')
    expect(world().events('page_view')).toHaveLength(4)
  })

  test('a navigation that the Navigation API intercepts is one page view', async () => {
    const tab = await world().open('/start')
    const supported = await tab.evaluate<boolean>(
      `'navigation' in window && 'intercept' in NavigateEvent.prototype`,
    )
    if (!supported) {
      await tab.evaluate(`history.pushState({}, '', '/intercepted')`)
    } else {
      await tab.evaluate(
        `navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {} }))`,
      )
      await tab.evaluate(`navigation.navigate('/intercepted').finished.then(() => undefined)`)
    }
    expect(await paths(2)).toEqual(['/start', '/intercepted'])
    await tab.evaluate(`(sojourn.track('end'), sojourn.flush())`)
    await world().arrived('end')
    expect(world().events('page_view')).toHaveLength(2)
  })

  test('the snippet twice counts each page once', async () => {
    const tab = await world().open('/start')
    await tab.evaluate(`new Promise((resolve) => {
      const first = document.querySelector('script[data-write-key]')
      const second = document.createElement('script')
      for (const { name, value } of first.attributes) second.setAttribute(name, value)
      second.onload = () => resolve()
      document.head.append(second)
    })`)
    await tab.evaluate(`history.pushState({}, '', '/pushed')`)
    await tab.evaluate(`(sojourn.track('end'), sojourn.flush())`)
    await world().arrived('end')
    expect(await paths(2)).toEqual(['/start', '/pushed'])
    expect(world().events('end')).toHaveLength(1)
  })

  test('tagged elements send their event, also those added later', async () => {
    const tab = await world().open()
    await tab.click('#tagged')
    const [cta] = await world().arrived('cta_clicked')
    expect(cta).toMatchObject({ type: 'track', tags: ['cta', 'pricing'], properties: { plan: 'pro' } })
    await tab.evaluate(`{
      const late = document.createElement('button')
      late.id = 'late'
      late.innerHTML = '<span id="inner">Late</span>'
      late.dataset.sojournEvent = 'late_clicked'
      document.body.prepend(late)
    }`)
    await tab.click('#inner')
    await world().arrived('late_clicked')
    await tab.type('#field', 'hello')
    await tab.click('#send')
    await world().arrived('form_sent')
    expect(world().events('cta_clicked')).toHaveLength(1)
    expect(world().events('form_sent')).toHaveLength(1)
  })
})
