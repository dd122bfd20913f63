import { describe, expect, test } from 'vitest'
import { CHROME, SETTING, eventOf, read } from './parse-lines.fixture.ts'

describe('Segment calls', () => {
  const call = {
    type: 'track',
    event: 'Signed Up',
    messageId: 'ajs-next-1',
    anonymousId: 'a1',
    userId: 97_980,
    timestamp: '2024-05-30T07:44:23.243Z',
    originalTimestamp: '2001-01-01T00:00:00.000Z',
    properties: { plan: 'pro' },
    context: {
      ip: '203.0.113.7',
      userAgent: CHROME,
      locale: 'en-GB',
      timezone: 'Europe/Paris',
      library: { name: 'analytics.js', version: '2.1' },
      page: {
        url: 'https://shop.example/join?a=1',
        path: '/join',
        title: 'Join',
        referrer: 'https://news.example/',
      },
      campaign: { source: 'news', medium: 'email', name: 'june' },
      traits: { tier: 2 },
    },
  }

  test('a track call is a track event', () => {
    expect(eventOf(read('segment', call))).toEqual({
      event: {
        id: 'ajs-next-1',
        type: 'track',
        name: 'Signed Up',
        time: Date.UTC(2024, 4, 30, 7, 44, 23, 243),
        visitorId: 'a1',
        userId: '97980',
        page: call.context.page,
        campaign: call.context.campaign,
        passive: false,
        properties: { plan: 'pro' },
        traits: { tier: 2 },
      },
      time: Date.UTC(2024, 4, 30, 7, 44, 23, 243),
      clockOffsetMs: 0,
      sender: {
        userAgent: CHROME,
        locale: 'en-GB',
        timezone: 'Europe/Paris',
        sdk: { name: 'analytics.js', version: '2.1' },
      },
      address: '203.0.113.7',
      isBot: false,
    })
  })

  test('a page call is a page view, with its name among the properties', () => {
    const page = {
      ...call,
      type: 'page',
      event: undefined,
      name: 'Pricing',
      properties: { path: '/pricing', plan: 'x' },
    }
    expect(eventOf(read('segment', page)).event).toMatchObject({
      type: 'page',
      name: 'page_view',
      page: { path: '/pricing', title: 'Join' },
      properties: { name: 'Pricing', plan: 'x' },
    })
  })

  test('a screen call and an identify call', () => {
    expect(eventOf(read('segment', { ...call, type: 'screen', name: 'Home' })).event).toMatchObject({
      type: 'page',
      name: 'screen_view',
      properties: { name: 'Home' },
    })
    const identify = eventOf(
      read('segment', { ...call, type: 'identify', traits: { email: 'a@b.example' } }),
    ).event
    expect(identify).toMatchObject({ type: 'identify', name: 'identify', traits: { email: 'a@b.example' } })
  })

  test.each(['group', 'alias', 'delete', '__proto__', 'constructor', '', undefined])(
    'a %s call is left out',
    (type) => {
      expect(read('segment', { ...call, type })).toEqual({ outcome: 'skipped', reason: 'unsupported_call' })
    },
  )

  test('a call without an id gets one of its content, the same each time and another for another site', () => {
    const { messageId: _, ...bare } = call
    const id = eventOf(read('segment', bare)).event.id
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse(call.timestamp))
    expect(eventOf(read('segment', bare)).event.id).toBe(id)
    expect(eventOf(read('segment', { ...bare, event: 'Signed Out' })).event.id).not.toBe(id)
    expect(eventOf(read('segment', bare, { ...SETTING, sourceId: 's2' })).event.id).not.toBe(id)
    expect(eventOf(read('segment', { ...call, messageId: 'x'.repeat(200) })).event.id).toHaveLength(36)
  })

  test.each([
    [{ ...call, timestamp: 'never', originalTimestamp: undefined }, 'bad_time'],
    [{ ...call, timestamp: '1969-01-01T00:00:00Z' }, 'bad_time'],
    [{ ...call, event: undefined }, 'bad_name'],
    [{ ...call, anonymousId: '', userId: null }, 'bad_visitor'],
    [{ ...call, properties: 'x' }, 'bad_field'],
  ])('refuses what ingest refuses (%#)', (line, reason) => {
    expect(read('segment', line)).toMatchObject({ outcome: 'bad', reason })
  })
})
