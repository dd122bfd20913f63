import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCollectorProcess } from './collector-process.ts'
import type { CollectorProcess } from './collector-process.ts'
import { countByApi, scrollToEnd } from './dashboard/counts.ts'
import { openDashboard, startChromium } from './dashboard/dashboard-page.ts'
import type { DashboardPage } from './dashboard/dashboard-page.ts'
import { fillWithMonth } from './dashboard/fill.ts'
import { tellByTimeout } from './dashboard/tell-by-timeout.ts'
import { waitUntil } from './engines/wait-until.ts'

let collector: CollectorProcess
let browser: Browser
let dashboard: DashboardPage

beforeAll(async () => {
  collector = await startCollectorProcess()
  await fillWithMonth(collector, 3_000)
  browser = await startChromium()
  dashboard = await openDashboard(browser, collector)
}, 120_000)

afterAll(async () => {
  expect(dashboard.complaints).toEqual([])
  await browser.close()
  await collector.end()
})

const text = async (selector: string): Promise<string> => (await dashboard.page.textContent(selector))!.trim()
const number = (count: number): string => count.toLocaleString('en-GB')

describe('a definition', () => {
  test('is made in a form that shows what it would do, and says what is wrong beside the field', async () => {
    const { page } = dashboard
    await dashboard.go('definitions')
    await page.click('text=New definition')
    await page.fill('label:text-is("Name") + .rule-value input', 'game')
    await page.fill('label:text-is("Timeout") + .rule-value input', 'soon')
    await page.waitForSelector('.rule:has(label:text-is("Timeout")) .mend')
    expect(await text('.rule:has(label:text-is("Timeout")) .mend')).toContain('must be from 1s to 365d')
    expect(await page.isDisabled('button:has-text("Make it")')).toBe(true)
    await page.fill('label:text-is("Timeout") + .rule-value input', '2m')
    expect(await text('.rule:has(label:text-is("Timeout")) small')).toContain('nothing for 2m or longer')
    const expected = (await tellByTimeout(collector, 120_000)).sessions
    await waitUntil(
      'the preview',
      async () => (await text('.preview tbody td >> nth=0')) === number(expected),
    )
    await page.click('button:has-text("Make it")')
    await page.waitForSelector('tr:has-text("game") .badge.good')
    expect(await countByApi(collector, 'definition=game')).toBe(expected)
  })

  test('is chosen where sessions are listed and counted', async () => {
    await dashboard.go('sessions?range=all')
    await dashboard.page.selectOption('.definition-choice select', 'game')
    await dashboard.page.waitForURL(/definition=game/)
    const expected = await countByApi(collector, 'definition=game')
    expect(await scrollToEnd(dashboard.page)).toBe(`${number(expected)} sessions`)
    await dashboard.go('overview?range=all&definition=game')
    expect(await text('.tile-value')).toBe(number(expected))
  })

  test('is changed into a new version, rebuilt, and removed after asking', async () => {
    const { page } = dashboard
    await dashboard.go('definitions/edit/game')
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
    const { page } = dashboard
    await dashboard.go('definitions/edit/product')
    expect(await page.locator('.definition-form footer').count()).toBe(0)
    expect(await page.getAttribute('label:text-is("Timeout") + .rule-value input', 'readonly')).not.toBeNull()
    await page.click('text=Begin a new one from it')
    await page.waitForSelector('button:has-text("Make it")')
    expect(await page.isChecked('label:has-text("product") input')).toBe(true)
  })
})

describe('what if', () => {
  test('the slider tells exactly what counting all events tells, and asks for nothing on the way', async () => {
    const { page } = dashboard
    await dashboard.go('definitions/what-if')
    const { timeouts } = await collector.read<{ timeouts: { timeoutMs: number }[] }>(
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
    const { sessions, bounces } = await tellByTimeout(collector, timeoutMs)
    expect(await text('[data-figure="Sessions"]'), `${timeoutMs} ms`).toBe(number(sessions))
    const rate = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 })
    expect(await text('[data-figure="Bounce rate"]')).toBe(rate.format(bounces / sessions))
  }

  test('the suggested timeout is one click away, and leads on to a definition', async () => {
    const { page } = dashboard
    const { timeoutMs, sentence } = await collector.read<{ timeoutMs: number; sentence: string }>(
      '/v1/definitions/suggest',
    )
    await dashboard.go('definitions/what-if')
    expect(await text('.suggestion')).toBe(sentence)
    await page.click('button:has-text("as suggested")')
    await page.click('text=Define sessions with it')
    const typed = Number(await page.inputValue('label:text-is("Timeout") + .rule-value input'))
    expect(Math.abs(Math.log2(typed / timeoutMs))).toBeLessThan(0.13)
  })
})

describe('compare', () => {
  test('shows both sides as the API counts them, and leads to sessions that differ and where they are cut', async () => {
    const { page } = dashboard
    await dashboard.go('definitions/compare?first=visits&second=cross-property')
    interface Answer {
      readonly first: { readonly sessions: number }
      readonly second: { readonly sessions: number }
      readonly merged: number
      readonly examples: readonly { readonly kind: string; readonly session: string }[]
    }
    const answer = await collector.read<Answer>(
      '/v1/definitions/compare?first=visits&second=cross-property&examples=8',
    )
    await page.waitForSelector('.compare-table')
    expect(await text('.compare-table tbody td >> nth=0')).toBe(number(answer.first.sessions))
    expect(await text('.compare-table tbody td >> nth=1')).toBe(number(answer.second.sessions))
    expect(await page.locator('.difference').count()).toBe(answer.examples.length)
  })

  test('a session shows where another definition would have cut it', async () => {
    const { page } = dashboard
    const made = await fetch(`http://127.0.0.1:${collector.port}/v1/definitions/minute`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer whole-path-admin-token' },
      body: JSON.stringify({ timeout: '1m' }),
    })
    expect(made.status).toBe(200)
    const { examples } = await collector.read<{
      examples: { kind: string; session: string; into: unknown[] }[]
    }>('/v1/definitions/compare?first=client&second=minute&examples=8')
    const { session, into } = examples.find(({ kind }) => kind === 'split')!
    await dashboard.go(`sessions/${session}`)
    await page.selectOption('.cutter-choice select', 'minute')
    await waitUntil('the cuts', async () => (await page.locator('.cut-line').count()) === into.length - 1)
    expect(await page.locator('.strip-cut').count()).toBe(into.length - 1)
    expect(await text('.cut-line >> nth=0')).toMatch(/minute begins another session here.*without activity/)
    await page.selectOption('.cutter-choice select', 'visits')
    await page.waitForSelector('text=visits does not cut this session')
  })
})
