// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.shop.example/" }
import { beforeEach, expect, test } from 'vitest'
import { trackElements } from './elements.ts'
import { openBrowser } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

let browser: TestBrowser
beforeEach(() => {
  browser = openBrowser()
  document.body.innerHTML = ''
})

/** Puts markup into the page and clicks what has the id `it`. */
function click(html: string): void {
  document.body.innerHTML = html
  document.getElementById('it')!.click()
}

async function sent() {
  await browser.pass(2_000)
  return browser.sent().map(({ name, tags, properties }) => ({ name, tags, properties }))
}

test('a click on an element, or inside it, is its event with tags and properties', async () => {
  browser.open({}, [trackElements])
  click(`<a data-sojourn-event="cta_clicked" data-sojourn-tags="cta, pricing" data-sojourn-prop-plan="pro"
    data-sojourn-prop-plan-name="Pro"><b id="it">Buy</b></a>`)
  expect(await sent()).toEqual([
    { name: 'cta_clicked', tags: ['cta', 'pricing'], properties: { plan: 'pro', 'plan-name': 'Pro' } },
  ])
})

test('a form is its event when it is sent, and a button in it its own', async () => {
  browser.open({}, [trackElements])
  document.body.addEventListener('submit', (event) => event.preventDefault())
  click('<form data-sojourn-event="sent"><input id="it"></form>')
  expect(await sent()).toEqual([])
  document.querySelector('form')!.requestSubmit()
  click('<form data-sojourn-event="sent"><button id="it" data-sojourn-event="pressed"></button></form>')
  expect((await sent()).map(({ name }) => name)).toEqual(['sent', 'pressed', 'sent'])
})

test('elements in shadow roots count, and others do not', async () => {
  browser.open({}, [trackElements])
  click('<div id="it"></div>')
  const root = document.getElementById('it')!.attachShadow({ mode: 'open' })
  root.innerHTML = '<button data-sojourn-event="inside"></button>'
  root.querySelector('button')!.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
  expect((await sent()).map(({ name }) => name)).toEqual(['inside'])
})

test('autoTrack: false leaves elements alone', async () => {
  browser.open({ autoTrack: false }, [trackElements])
  click('<button id="it" data-sojourn-event="pressed"></button>')
  expect(await sent()).toEqual([])
})
