import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { IMPORT_FORMATS, createLineParser, detectFormat } from './detect-format.ts'
import type { ImportFormat } from './detect-format.ts'
import type { ImportedEvent, ImportedLine } from './imported-line.ts'

const NOW = Date.UTC(2024, 5, 1)
const SETTING = { now: NOW, sourceId: 's1', origin: 'https://shop.example' }
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

function read(format: ImportFormat, line: unknown, setting = SETTING): ImportedLine {
  return createLineParser(format, setting)(typeof line === 'string' ? line : JSON.stringify(line))
}

function eventOf(line: ImportedLine): ImportedEvent {
  if (line.outcome !== 'event') throw new Error(JSON.stringify(line))
  return line.imported
}

describe('our own events', () => {
  const stored = {
    id: '018fc8a2-7d4b-7c3e-9b1f-2f6f0c1d2e3f',
    type: 'track',
    name: 'checkout_started',
    time: 1_717_055_063_100,
    visitorId: 'v1',
    userId: 'u-42',
    session: { id: 'order-4711', number: 3, startedAt: 1_717_055_000_000, startReason: 'timeout' },
    page: {
      url: 'https://shop.example/cart?x=1',
      path: '/cart',
      title: 'Cart',
      referrer: 'https://shop.example/',
    },
    campaign: { source: 'news', name: 'june' },
    tab: 'k3f9a1',
    seq: 17,
    tags: ['checkout', 'cta'],
    passive: false,
    properties: { value: 12.5, constructor: 'x' },
    traits: { plan: 'pro' },
  }
  const added = {
    sessionId: 'order-4711',
    correctedTime: 1_717_055_063_100,
    receivedAt: 1_717_055_064_001,
    clockOffsetMs: 0,
    source: { id: 's9', name: 'Shop', type: 'product' },
    context: {
      userAgent: CHROME,
      ip: '203.0.113.0',
      geo: { country: { code: 'FR', name: 'France' }, latitude: 48.8 },
    },
  }

  test('come back as the facts they were', () => {
    expect(eventOf(read('sojourn', { ...stored, ...added }))).toEqual({
      event: stored,
      time: added.correctedTime,
      receivedAt: added.receivedAt,
      clockOffsetMs: 0,
      sender: { userAgent: CHROME },
      address: '203.0.113.0',
      geo: added.context.geo,
      source: added.source,
      isBot: false,
    })
  })

  test('keep the time of a clock that was decades off, and the correction', () => {
    const off = { ...stored, ...added, time: 5_000, clockOffsetMs: 1_717_055_058_100 }
    expect(eventOf(read('sojourn', off))).toMatchObject({
      event: { time: 5_000 },
      time: added.correctedTime,
      clockOffsetMs: 1_717_055_058_100,
    })
  })

  test('may be as they travel on the wire', () => {
    const { passive: _, ...wire } = stored
    expect(eventOf(read('sojourn', wire))).toMatchObject({
      event: stored,
      time: stored.time,
      clockOffsetMs: 0,
    })
  })

  test.each([
    [{ ...stored, time: undefined }, 'bad_time'],
    [{ ...stored, time: '2024-05-30' }, 'bad_time'],
    [{ ...stored, time: NOW + 3 * 86_400_000 }, 'bad_time'],
    [{ ...stored, time: 5 }, 'bad_time'],
    [{ ...stored, correctedTime: 1e300 }, 'bad_time'],
    [{ ...stored, id: '' }, 'bad_id'],
    [{ ...stored, type: 'click' }, 'bad_type'],
    [{ ...stored, visitorId: undefined, userId: undefined }, 'bad_visitor'],
    [[stored], 'not_an_object'],
    ['{"id": "half', 'not_json'],
    ['null', 'not_an_object'],
  ])('refuse what ingest refuses (%#)', (line, reason) => {
    expect(read('sojourn', line)).toMatchObject({ outcome: 'bad', reason })
  })
})

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

describe('web server logs', () => {
  const line = `203.0.113.7 - frank [30/May/2024:09:44:23 +0200] "GET /docs/a?utm_source=news&utm_campaign=june HTTP/1.1" 200 2326 "https://news.example/x" "${CHROME}"`

  test('a served page is a page view', () => {
    const { event, address, isBot, sender } = eventOf(read('combined', line))
    expect(event).toMatchObject({
      type: 'page',
      name: 'page_view',
      time: Date.UTC(2024, 4, 30, 7, 44, 23),
      userId: 'frank',
      page: {
        url: 'https://shop.example/docs/a?utm_source=news&utm_campaign=june',
        path: '/docs/a',
        referrer: 'https://news.example/x',
      },
      campaign: { source: 'news', name: 'june' },
    })
    expect(event.visitorId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    expect({ address, isBot, sender }).toEqual({
      address: '203.0.113.7',
      isBot: false,
      sender: { userAgent: CHROME },
    })
  })

  test('address and user agent make the visitor', () => {
    const visitor = (text: string) => eventOf(read('combined', text)).event.visitorId
    expect(visitor(line.replace('/docs/a', '/docs/b').replace('09:44', '10:44'))).toBe(visitor(line))
    expect(visitor(line.replace('203.0.113.7', '203.0.113.8'))).not.toBe(visitor(line))
    expect(visitor(line.replace('Chrome/126', 'Chrome/127'))).not.toBe(visitor(line))
  })

  test('the same line is the same event, any other line another', () => {
    const id = (text: string, setting = SETTING) => eventOf(read('combined', text, setting)).event.id
    expect(id(line)).toBe(id(line))
    const others = [
      line.replace('203.0.113.7', '203.0.113.8'),
      line.replace('frank', '-'),
      line.replace(':23 ', ':24 '),
      line.replace('/docs/a', '/docs/b'),
      line.replace('200 2326', '304 2326'),
      line.replace('2326', '2327'),
      line.replace('example/x', 'example/y'),
      line.replace('Chrome/126', 'Chrome/127'),
    ]
    expect(new Set([line, ...others].map((each) => id(each))).size).toBe(9)
    expect(id(line, { ...SETTING, sourceId: 's2' })).not.toBe(id(line))
  })

  test.each([
    [line.replace('GET', 'POST')],
    [line.replace('GET', 'HEAD')],
    [line.replace(' 200 ', ' 404 ')],
    [line.replace(' 200 ', ' 301 ')],
    [line.replace('/docs/a?', '/site.css?')],
    [line.replace('/docs/a?', '/LOGO.PNG?')],
    [line.replace('GET /docs/a', 'GET http://proxy.example/')],
    [line.replace(/"GET[^"]*"/, '"-"')],
    [line.replace(/"GET[^"]*"/, String.raw`"\x16\x03\x01"`)],
  ])('a request for no page is left out (%#)', (text) => {
    expect(read('combined', text)).toEqual({ outcome: 'skipped', reason: 'not_a_page' })
  })

  test('reads what servers escape, and the common format', () => {
    const escaped = line
      .replace(CHROME, String.raw`Odd \"agent\" \\ caf\xc3\xa9 \x22`)
      .replace(' frank ', ' - ')
    expect(eventOf(read('combined', escaped)).sender.userAgent).toBe('Odd "agent" \\ café "')
    const common = line.slice(0, line.indexOf(' "https:'))
    expect(eventOf(read('combined', common))).toMatchObject({ isBot: true, sender: { automated: true } })
    expect(eventOf(read('combined', `${line} "extra" 0.003`)).event).toEqual(
      eventOf(read('combined', line)).event,
    )
  })

  test('flags bots', () => {
    const bot = line.replace(
      CHROME,
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    )
    expect(eventOf(read('combined', bot))).toMatchObject({ isBot: true, sender: { automated: true } })
  })

  test.each([
    ['hello'],
    ['203.0.113.7 - - 30/May/2024 "GET / HTTP/1.1" 200 1'],
    [line.replace('May', 'Mai')],
    [line.replace('30/May', '31/Jun')],
    [line.replace(' 200 ', ' OK ')],
    [line.slice(0, 60)],
    ['"'],
    ['['],
  ])('says what is no log line (%#)', (text) => {
    expect(read('combined', text)).toMatchObject({ outcome: 'bad', reason: 'not_a_log_line' })
  })

  test('refuses a time that no event can have', () => {
    expect(read('combined', line.replace('2024', '1998'))).toMatchObject({
      outcome: 'bad',
      reason: 'bad_time',
    })
  })
})

describe('any line at all', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.object().map((value) => JSON.stringify(value)),
    fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', ' ', '-', '1', '/', 'x', ':', '{', '}') }),
  )

  test.prop([fc.constantFrom(...IMPORT_FORMATS), hostile], { numRuns: 2_000 })(
    'gets an answer, always the same',
    (format, line) => {
      const parse = createLineParser(format, SETTING)
      expect(parse(line)).toEqual(parse(line))
    },
  )

  test.each(IMPORT_FORMATS)('a blank line is empty (%s)', (format) => {
    expect(read(format, '  ')).toEqual({ outcome: 'skipped', reason: 'empty' })
  })

  test('long lines of quotes and brackets cost no more than their length', () => {
    const begun = performance.now()
    for (const text of [
      '"\\'.repeat(400_000),
      '[ '.repeat(400_000),
      '\\x41'.repeat(200_000),
      '1 '.repeat(400_000),
    ])
      read('combined', text)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('detectFormat', () => {
  test.each<[ImportFormat | undefined, string[]]>([
    ['sojourn', ['', '{"id":"1","type":"page","time":1,"visitorId":"v"}']],
    ['segment', ['{"type":"page","messageId":"1","timestamp":"2024-05-30"}']],
    ['segment', ['{"type":"track","anonymousId":"a"}']],
    ['combined', ['junk', '203.0.113.7 - - [30/May/2024:09:44:23 +0200] "GET / HTTP/1.1" 200 1']],
    [undefined, ['junk', '{"half', '']],
    [undefined, []],
  ])('%s', (format, lines) => {
    expect(detectFormat(lines)).toBe(format)
  })
})
