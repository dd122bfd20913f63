import { expect, test } from 'vitest'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'

/** What a page may put before the script tag, so that it can call before the file has arrived. */
const STUB = `
  window.sojourn = { queue: [] }
  for (const name of ['track', 'identify'])
    sojourn[name] = (...parameters) => sojourn.queue.push([Date.now(), name, ...parameters])
`

inEachEngine('the snippet', ({ world }) => {
  test('calls made before the file has arrived are carried out in their order, with their time', async () => {
    world().setPageScript(`${STUB}
      window.calledAt = Date.now()
      const kept = sojourn
      sojourn.track('early', { n: 1 })
      sojourn.identify('u-42')
      sojourn.track('later', { n: 2 })
      addEventListener('load', () => kept.track('kept'))
      // The file is slow to arrive.
      while (Date.now() < calledAt + 150);
    `)
    const tab = await world().open()
    await world().arrived('kept')
    const calledAt = await tab.evaluate<number>('calledAt')
    const calls = world()
      .events()
      .filter(({ type }) => type !== 'page')
      .sort((a, b) => a.seq! - b.seq!)
    expect(calls.map(({ name }) => name)).toEqual(['early', 'identify', 'later', 'kept'])
    expect(calls[0]!.properties).toEqual({ n: 1 })
    for (const { time } of calls.slice(0, 3)) expect(time - calledAt).toBeLessThan(100)
    expect(calls[2]!.userId).toBe('u-42')
  })

  test('a policy that lets in our files alone, and a hash on the tag, let the tracker work', async () => {
    const tab = await world().open('/strict/page')
    await tab.evaluate(`sojourn.track('allowed')`)
    await world().arrived('allowed')
    expect(await tab.evaluate(`document.querySelector('script[data-write-key]').integrity`)).toMatch(
      /^sha384-/,
    )
  })

  test('a refused write key is said once, and ends the sending', async () => {
    world().expectErrors(/console\.error Sojourn: .*refused|status of 401/)
    world().setPageScript(`{
      window.said = []
      const error = console.error
      console.error = (...parts) => (said.push(parts.join(' ')), error(...parts))
    }`)
    world().collector.setMood({ kind: 'failing', status: 401 })
    const tab = await world().open()
    await waitUntil('the refusal', () => tab.evaluate('said.length > 0'))
    const before = world().collector.batches.length
    for (const name of ['one', 'two']) await tab.evaluate(`(sojourn.track('${name}'), sojourn.flush())`)
    expect(await tab.evaluate<string[]>('said')).toHaveLength(1)
    expect(world().collector.batches).toHaveLength(before)
  })
})
