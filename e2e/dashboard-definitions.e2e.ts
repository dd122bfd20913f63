import { describe, expect, test } from 'vitest'
import { TOKEN } from './collector-process.ts'
import { countByApi, scrollToEnd } from './dashboard/counts.ts'
import { useFilledDashboard } from './dashboard/filled-dashboard.ts'
import { tellByTimeout } from './dashboard/tell-by-timeout.ts'
import { waitUntil } from './engines/wait-until.ts'

const filled = useFilledDashboard()

const text = async (selector: string): Promise<string> =>
  (await filled.dashboard.page.textContent(selector))!.trim()
const number = (count: number): string => count.toLocaleString('en-GB')

async function previewOf(rules: object): Promise<{ events: number; sessions: number }> {
  const response = await fetch(`http://127.0.0.1:${filled.collector.port}/v1/definitions/preview`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(rules),
  })
  return (await response.json()) as { events: number; sessions: number }
}

async function define(name: string, rules: object): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${filled.collector.port}/v1/definitions/${name}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(rules),
  })
  expect(status).toBe(200)
}

describe('a definition', () => {
  test('is made in a form that shows what it would do, and says what is wrong beside the field', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('definitions')
    await page.click('text=New definition')
    await page.fill('label:text-is("Name") + .rule-value input', 'game')
    await page.fill('label:text-is("Timeout") + .rule-value input', 'soon')
    await page.waitForSelector('.rule:has(label:text-is("Timeout")) .mend')
    expect(await text('.rule:has(label:text-is("Timeout")) .mend')).toContain('must be from 1s to 365d')
    expect(await page.isDisabled('button:has-text("Make it")')).toBe(true)
    await page.fill('label:text-is("Timeout") + .rule-value input', '2m')
    expect(await text('.rule:has(label:text-is("Timeout")) small')).toContain('nothing for 2m or longer')
    const previewed = await previewOf({ timeout: '2m' })
    await waitUntil(
      'the preview',
      async () => (await text('.preview tbody td >> nth=0')) === number(previewed.sessions),
      20_000,
    )
    expect(await text('.preview')).toContain(`latest ${number(previewed.events)} events`)
    const expected = (await tellByTimeout(filled.collector, 120_000)).sessions
    await page.click('button:has-text("Make it")')
    await page.waitForSelector('tr:has-text("game") .badge.good')
    expect(await countByApi(filled.collector, 'definition=game')).toBe(expected)
  })

  test('is chosen where sessions are listed and counted', async () => {
    await filled.dashboard.go('sessions?range=all')
    await filled.dashboard.page.selectOption('.definition-choice select', 'game')
    await filled.dashboard.page.waitForURL(/definition=game/)
    const expected = await countByApi(filled.collector, 'definition=game')
    expect(await scrollToEnd(filled.dashboard.page)).toBe(`${number(expected)} sessions`)
    await filled.dashboard.go('overview?range=all&definition=game')
    expect(await text('.tile-value')).toBe(number(expected))
  })

  test('is changed into a new version, rebuilt, and removed after asking', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('definitions/edit/game')
    await page.check('label:has-text("campaign") input')
    await page.click('button:has-text("Save as a new version")')
    await page.waitForSelector('tr:has-text("game") td:text-is("2")')
    await page.click('tr:has-text("game") >> text=Rebuild')
    await page.waitForSelector('tr:has-text("game") .badge.good')
    await page.click('[aria-label="Remove game"]')
    await page.click('dialog >> text=Keep it')
    await page.click('[aria-label="Remove game"]')
    await page.click('dialog >> text=Remove >> nth=-1')
    await waitUntil('its end', async () => (await page.locator('tr:has-text("game")').count()) === 0)
  })

  test('that is built in can be looked at and copied, not changed', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('definitions/edit/product')
    expect(await page.locator('.definition-form footer').count()).toBe(0)
    expect(await page.getAttribute('label:text-is("Timeout") + .rule-value input', 'readonly')).not.toBeNull()
    await page.click('text=Begin a new one from it')
    await page.waitForSelector('button:has-text("Make it")')
    expect(await page.isChecked('label:has-text("product") input')).toBe(true)
  })
})

describe('what if', () => {
  test('the slider tells exactly what counting all events tells, and asks for nothing on the way', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('definitions/what-if')
    const { timeouts } = await filled.collector.read<{ timeouts: { timeoutMs: number }[] }>(
      '/v1/definitions/what-if',
    )
    const slider = page.getByRole('slider', { name: 'Timeout' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await slider.focus()
    for (const keys of [['Home'], ['PageUp', 'PageUp', 'ArrowRight'], ['End'], ['PageDown', 'ArrowLeft']]) {
      for (const key of keys) await page.keyboard.press(key)
      await compareWithBruteForce(timeouts[Number(await slider.getAttribute('aria-valuenow'))]!.timeoutMs)
    }
    const box = (await slider.boundingBox())!
    await page.mouse.move(box.x + 10, box.y + 50)
    await page.mouse.down()
    const seen = new Set<string>()
    for (let x = 10; x < box.width; x += box.width / 60) {
      await page.mouse.move(box.x + x, box.y + 50)
      seen.add((await slider.getAttribute('aria-valuenow'))!)
    }
    await page.mouse.up()
    expect(seen.size).toBeGreaterThan(50)
    await compareWithBruteForce(timeouts[Number(await slider.getAttribute('aria-valuenow'))]!.timeoutMs)
    expect(asked.filter((url) => url.includes('what-if') || url.includes('suggest'))).toEqual([])
  })

  async function compareWithBruteForce(timeoutMs: number): Promise<void> {
    const { sessions, bounces } = await tellByTimeout(filled.collector, timeoutMs)
    expect(await text('[data-figure="Sessions"]'), `${timeoutMs} ms`).toBe(number(sessions))
    const rate = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
    expect(await text('[data-figure="Bounce rate"]')).toBe(rate.format(bounces / sessions))
  }

  test('the suggested timeout is one click away, and leads on to a definition', async () => {
    const { page } = filled.dashboard
    const { timeoutMs, sentence } = await filled.collector.read<{ timeoutMs: number; sentence: string }>(
      '/v1/definitions/suggest',
    )
    await filled.dashboard.go('definitions/what-if')
    expect(await text('.suggestion')).toBe(sentence)
    await page.click('button:has-text("as suggested")')
    await page.click('text=Define sessions with it')
    const typed = Number(await page.inputValue('label:text-is("Timeout") + .rule-value input'))
    expect(Math.abs(Math.log2(typed / timeoutMs))).toBeLessThan(0.13)
  })
})

describe('compare', () => {
  test('shows both sides as the API counts them, and leads to sessions that differ and where they are cut', async () => {
    const { page } = filled.dashboard
    await filled.dashboard.go('definitions/compare?first=visits&second=cross-property')
    interface Answer {
      readonly first: { readonly sessions: number }
      readonly second: { readonly sessions: number }
      readonly merged: number
      readonly examples: readonly { readonly kind: string; readonly session: string }[]
    }
    const answer = await filled.collector.read<Answer>(
      '/v1/definitions/compare?first=visits&second=cross-property&examples=8',
    )
    await page.waitForSelector('.compare-table')
    expect(await text('.compare-table tbody td >> nth=0')).toBe(number(answer.first.sessions))
    expect(await text('.compare-table tbody td >> nth=1')).toBe(number(answer.second.sessions))
    expect(await page.locator('.difference').count()).toBe(answer.examples.length)
    expect(await text('.cut-reason')).toMatch(/^After \d.*, with \w+.*, visits began another session: /)
    const [whole, first, second] = await page
      .locator('.difference')
      .first()
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.slice(2)))
    for (const place of [first, second]) expect(place).toMatch(/^sessions\/.+\?definition=visits$/)
    await filled.dashboard.go(whole!)
    await page.waitForSelector('.event')
  })

  test('what a change made of the same events is one click from the definition', async () => {
    const { page } = filled.dashboard
    await define('orders', { timeout: '2h' })
    await filled.dashboard.go('definitions/edit/orders')
    expect(await page.locator('a:has-text("with version")').count()).toBe(0)
    await define('orders', { timeout: '3m' })
    await page.reload()
    await page.click('a:has-text("with version 1")')
    await page.waitForURL(/first=orders%401&second=orders$/)
    await page.waitForSelector('.compare-table')
    const before = (await tellByTimeout(filled.collector, 2 * 3_600_000)).sessions
    const after = (await tellByTimeout(filled.collector, 3 * 60_000)).sessions
    expect(after).toBeGreaterThan(before)
    expect(await text('.compare-table tbody td >> nth=0')).toBe(number(before))
    expect(await text('.compare-table tbody td >> nth=1')).toBe(number(after))
    await page.selectOption('[aria-label="Second definition"]', 'orders@1')
    await page.waitForURL(/second=orders%401/)
    await waitUntil(
      'the same on both sides',
      async () => (await text('.compare-table tbody td >> nth=1')) === number(before),
    )
  })

  test('a session shows where another definition would have cut it', async () => {
    const { page } = filled.dashboard
    await define('minute', { timeout: '1m' })
    const comparison = '/v1/definitions/compare?first=client&second=minute&examples=8'
    await waitUntil('its sessions', () =>
      filled.collector.read(comparison).then(
        () => true,
        () => false,
      ),
    )
    const { examples } = await filled.collector.read<{
      examples: { kind: string; session: string; into: unknown[] }[]
    }>(comparison)
    const { session, into } = examples.find(({ kind }) => kind === 'split')!
    await filled.dashboard.go(`sessions/${session}`)
    await page.selectOption('.cutter-choice select', 'minute')
    await waitUntil('the cuts', async () => (await page.locator('.cut-line').count()) === into.length - 1)
    expect(await page.locator('.strip-cut').count()).toBe(into.length - 1)
    expect(await text('.cut-line >> nth=0')).toMatch(/minute begins another session here.*without activity/)
    await page.selectOption('.cutter-choice select', 'visits')
    await page.waitForSelector('text=visits does not cut this session')
  })
})
