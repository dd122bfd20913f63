import { clearCookies } from './tab.fixture.ts'
import type { TestBrowser } from './tab.fixture.ts'

/** The other domain of the site whose page is `www.shop.example`. */
export const OTHER = 'https://app.example'
/** The options of a tracker on either. */
export const options = { linkDomains: ['app.example', 'shop.example'] }

/** A page that stays where it is, whatever is clicked or submitted. */
export function stay(): void {
  document.body.innerHTML = ''
  document.body.addEventListener('click', (event) => event.preventDefault())
  document.body.addEventListener('submit', (event) => event.preventDefault())
}

/** The page's own address again, and no referrer. */
export function comeBack(): void {
  history.replaceState(null, '', '/')
  Reflect.deleteProperty(document, 'referrer')
}

/** Where a click on this element would lead, with what the tracker adds to it at that moment. */
export function follow(html: string, type = 'click'): URL {
  document.body.innerHTML = html
  const element = document.body.firstElementChild!
  element.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }))
  return new URL(element.getAttribute('href') ?? element.getAttribute('action')!, location.href)
}

/** The token that a click on this element would bring along. */
export const tokenOf = (html: string): string => follow(html).searchParams.get('sj_link')!

/** A plain token that leads here, made on the other domain's page. */
export async function tokenFrom(browser: TestBrowser, tab: ReturnType<TestBrowser['open']>): Promise<string> {
  tab.page()
  await browser.pass(2_000)
  return tokenOf(`<a href="${OTHER}/cart?x=1">`).replace('app.example', 'www.shop.example')
}

/** Comes from another domain, with this token, as a browser that knows nobody here. */
export function arrive(token: string, referrer = `${OTHER}/page`): void {
  clearCookies()
  localStorage.clear()
  history.replaceState({ mine: 1 }, '', `/welcome?a=1&sj_link=${encodeURIComponent(token)}&b=2#part`)
  Object.defineProperty(document, 'referrer', { configurable: true, value: referrer })
}
