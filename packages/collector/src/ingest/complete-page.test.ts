import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { isWellFormed } from '@sojourn/protocol'
import type { PageContext, WireEvent } from '@sojourn/protocol'
import { completePage } from './complete-page.ts'

const event: WireEvent = { id: 'e', type: 'page', name: 'page_view', time: 1, visitorId: 'v', passive: false }
const at = (page: PageContext, changes: Partial<WireEvent> = {}): WireEvent =>
  completePage({ ...event, page, ...changes })

test('the path and the campaign are read from the URL', () => {
  const url =
    'https://shop.example/cart?utm_source=news&utm_medium=email&utm_campaign=june%20sale&utm_term=a+b&utm_content=&x=1#top'
  expect(at({ url })).toEqual({
    ...event,
    page: { url, path: '/cart' },
    campaign: { source: 'news', medium: 'email', name: 'june sale', term: 'a b' },
  })
})

test('what the sender said itself stays', () => {
  const url = 'https://shop.example/cart?utm_source=news'
  expect(at({ url, path: '/basket' }, { campaign: { source: 'mine' } })).toEqual({
    ...event,
    page: { url, path: '/basket' },
    campaign: { source: 'mine' },
  })
})

test.each(['', 'not a url', '/cart?utm_source=x', 'http://', 'javascript:alert(1)'])(
  'nothing is made of %j but what it says',
  (url) => {
    expect(completePage({ ...event, page: { url } }).campaign).toBeUndefined()
  },
)

test('an event without a page, or with nothing to add, is the same object', () => {
  const whole = { ...event, page: { url: 'https://shop.example/', path: '/' } }
  expect(completePage(event)).toBe(event)
  expect(completePage(whole)).toBe(whole)
})

propertyTest.prop([fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })])(
  'what is read can be stored, whatever is in the address',
  (url, source) => {
    const told = at({
      url: `${url}${url.includes('?') ? '&' : '?'}utm_source=${encodeURIComponent(source.replace(/\p{Cs}/gu, ''))}`,
    })
    const read = told.campaign?.source ?? ''
    expect(isWellFormed(read)).toBe(true)
    expect(read.length).toBeLessThanOrEqual(512)
  },
)
