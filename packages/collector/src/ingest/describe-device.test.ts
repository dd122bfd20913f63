import { describe, expect, test } from 'vitest'
import { describeDevice } from './describe-device.ts'
import { parseUserAgent } from './parse-user-agent.ts'
import { rememberRecent } from './remember-recent.ts'

const chrome = (system: string, rest = 'Chrome/126.0.0.0 Safari/537.36') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`
const safari = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`
const MAC = 'Macintosh; Intel Mac OS X 10_15_7'
const brands = (brand: string, version = '126') => [
  { brand: 'Not/A)Brand', version: '8' },
  { brand: 'Chromium', version: '126' },
  { brand, version },
]

test('a desktop browser with all its context', () => {
  expect(
    describeDevice({
      userAgent: chrome('X11; Linux x86_64'),
      userAgentData: { platform: 'Linux', mobile: false, brands: brands('Google Chrome') },
      locale: 'en-GB',
      touch: false,
      screen: { width: 1920, height: 1080, density: 2, colorDepth: 24, orientation: 'landscape-primary' },
      viewport: { width: 1200.4, height: 800 },
      app: { name: 'shop', version: '1.4.0' },
    }),
  ).toEqual({
    device: {
      type: 'desktop',
      touch: false,
      resolution: '1920x1080',
      colorDepth: 24,
      orientation: 'landscape-primary',
    },
    os: { name: 'Linux' },
    app: {
      type: 'browser',
      name: 'Chrome',
      version: '126',
      language: 'en-GB',
      resolution: '1200x800',
      bot: false,
    },
  })
})

describe('what browsers freeze in the agent comes from the hints', () => {
  test.each([
    ['15.0.0', '11'],
    ['13.0.0', '11'],
    ['10.0.0', '10'],
    ['0.3.0', '8.1'],
    ['0.0.0', '10'],
    [undefined, '10'],
  ])('Windows with platform version %s is %s', (platformVersion, version) => {
    const userAgentData = { platform: 'Windows', ...(platformVersion && { platformVersion }) }
    const { os } = describeDevice({ userAgent: chrome('Windows NT 10.0; Win64; x64'), userAgentData })
    expect(os).toEqual({ name: 'Windows', version })
  })

  test('a phone whose agent says "Android 10; K"', () => {
    const userAgent = chrome('Linux; Android 10; K', 'Chrome/126.0.0.0 Mobile Safari/537.36')
    const told = describeDevice({
      userAgent,
      userAgentData: { platform: 'Android', mobile: true, model: 'Pixel 8', platformVersion: '14.0.0' },
    })
    expect(told).toMatchObject({
      device: { type: 'mobile', brand: 'Google', model: 'Pixel 8' },
      os: { name: 'Android', version: '14' },
    })
    expect(describeDevice({ userAgent })).toMatchObject({
      device: { type: 'mobile' },
      os: { name: 'Android' },
    })
    expect(describeDevice({ userAgent }).device.model).toBeUndefined()
    expect(describeDevice({ userAgent }).os?.version).toBeUndefined()
  })

  test('a Mac says which version it has in the hints only', () => {
    const userAgent = chrome(MAC)
    expect(describeDevice({ userAgent }).os).toEqual({ name: 'macOS' })
    expect(
      describeDevice({ userAgent, userAgentData: { platform: 'macOS', platformVersion: '14.5.0' } }).os,
    ).toEqual({ name: 'macOS', version: '14.5' })
  })

  test('a browser that poses as Chrome is told by its brand', () => {
    const userAgent = chrome('X11; Linux x86_64')
    const app = (brand: string) => describeDevice({ userAgent, userAgentData: { brands: brands(brand) } }).app
    expect(app('Brave')).toMatchObject({ name: 'Brave', version: '126', bot: false })
    expect(app('Google Chrome')).toMatchObject({ name: 'Chrome', version: '126' })
    expect(app('HeadlessChrome')).toMatchObject({ name: 'Chrome', bot: true })
  })
})

describe('device types', () => {
  test.each([
    [
      'mobile',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    ],
    ['tablet', chrome('Linux; Android 13; SM-X906C')],
    ['tablet', chrome('Linux; Android 10; K')],
    [
      'tv',
      'Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36',
    ],
    ['console', safari('PlayStation 5 3.20')],
    ['desktop', safari(MAC)],
    ['desktop', 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'],
    ['desktop', chrome('X11; CrOS x86_64 14541.0.0')],
  ])('%s: %s', (type, userAgent) => {
    expect(describeDevice({ userAgent }).device.type).toBe(type)
  })

  test('a Mac with a touch screen is an iPad, unless its hints say Mac', () => {
    const pad = describeDevice({ userAgent: safari(MAC), touch: true })
    expect(pad).toMatchObject({
      device: { type: 'tablet', brand: 'Apple', model: 'iPad', touch: true },
      os: { name: 'iPadOS' },
    })
    const emulated = { userAgent: chrome(MAC), touch: true, userAgentData: { platform: 'macOS' } }
    expect(describeDevice(emulated).device.type).toBe('desktop')
  })

  test('a tablet that asks for the desktop site', () => {
    const userAgentData = { platform: 'Android', mobile: false }
    expect(describeDevice({ userAgent: chrome('X11; Linux x86_64'), userAgentData })).toMatchObject({
      device: { type: 'tablet' },
      os: { name: 'Android' },
    })
  })
})

describe('what is no browser', () => {
  test('a server says nothing of a device', () => {
    expect(describeDevice({})).toEqual({ device: {}, app: { type: 'server', bot: false } })
    expect(describeDevice({ userAgent: 'python-requests/2.31' })).toEqual({
      device: {},
      app: { type: 'server', bot: true },
    })
  })

  test('an app with a screen', () => {
    const sender = { app: { name: 'shop', version: '1.4.0' }, screen: { width: 390, height: 844 } }
    expect(describeDevice(sender)).toEqual({
      device: { resolution: '390x844' },
      app: { type: 'app', name: 'shop', version: '1.4.0', bot: false },
    })
  })

  test('bots, by their agent or because automation drives them', () => {
    const bot = (userAgent: string) => describeDevice({ userAgent }).app.bot
    expect(bot('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)')).toBe(true)
    expect(bot(chrome('X11; Linux x86_64', 'HeadlessChrome/126.0.0.0 Safari/537.36'))).toBe(true)
    expect(describeDevice({ userAgent: chrome(MAC), automated: true }).app.bot).toBe(true)
  })
})

test('hostile agents are parsed within milliseconds', () => {
  const start = performance.now()
  for (const part of ['(', 'Android ', 'x ', 'Mozilla/5.0 (', '__proto__;', '\u202e$&', '1.'])
    parseUserAgent(part.repeat(1_024).slice(0, 1_024))
  expect(performance.now() - start).toBeLessThan(500)
})

test('only the latest answers are remembered', () => {
  const asked: string[] = []
  const answer = rememberRecent((key) => asked.push(key), 2)
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) answer(key)
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})
