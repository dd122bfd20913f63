import { describe, expect, test } from 'vitest'
import type { WireEvent } from '@sojourn/protocol'
import { createTextReader } from './event-texts.ts'

const EVENT: WireEvent = { id: '1', type: 'page', name: 'page_view', time: 0, passive: false }
const read = (more: Partial<WireEvent>, property?: string) =>
  createTextReader(property)({ ...EVENT, ...more })

describe('the texts of an event', () => {
  test('an event without anything brings nothing', () => {
    expect(read({})).toEqual({
      campaign: undefined,
      referrer: undefined,
      user: undefined,
      property: undefined,
    })
    expect(read({ campaign: {}, page: {}, properties: {} }, 'properties.id')).toEqual(read({}))
  })

  test('a campaign is another when any of its parameters is', () => {
    const june = read({ campaign: { source: 'news', name: 'june' } }).campaign
    expect(read({ campaign: { name: 'june', source: 'news' } }).campaign).toBe(june)
    for (const other of [
      { source: 'news' },
      { source: 'june', name: 'news' },
      { source: 'news', name: 'june', term: 'x' },
    ])
      expect(read({ campaign: other }).campaign).not.toBe(june)
  })

  test('a referrer is the host of another site', () => {
    const page = { url: 'https://shop.example/cart' }
    const host = (referrer: string) => read({ page: { ...page, referrer } }).referrer
    expect(host('https://news.example/a?b')).toBe('news.example')
    expect(host('https://news.example/other')).toBe('news.example')
    expect(host('https://shop.example/')).toBeUndefined()
    expect(host('javascript:alert(1)')).toBeUndefined()
  })

  test('a user is a person', () => {
    expect(read({ userId: 'u-42' }).user).toBe('u-42')
    expect(read({ userId: 'undefined' }).user).toBeUndefined()
  })

  test.each([
    [{ order_id: 4711 }, '4711'],
    [{ order_id: '4711' }, '4711'],
    [{ order_id: false }, 'false'],
    [{ order_id: null }, undefined],
    [{ order_id: { id: 1 } }, undefined],
    [{ order_id: [1] }, undefined],
    [{}, undefined],
  ])('the property of %j is %s', (properties, text) => {
    expect(read({ properties }, 'properties.order_id').property).toBe(text)
  })

  test('paths reach into objects and traits, and never into what every object has', () => {
    expect(read({ properties: { cart: { id: 'c1' } } }, 'properties.cart.id').property).toBe('c1')
    expect(read({ traits: { plan: 'pro' } }, 'traits.plan').property).toBe('pro')
    expect(read({ properties: {} }, 'properties.constructor.name').property).toBeUndefined()
  })
})
