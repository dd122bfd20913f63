import { describe, expect, test } from 'vitest'
import { CHROME, SETTING, eventOf, read } from './parse-lines.fixture.ts'

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
