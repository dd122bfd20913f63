import { describe, expect, test } from 'vitest'
import { DEFAULTS, CORE_DEFAULTS, parseOptions, readTexts } from './options.ts'

const given = { writeKey: 'pk_1', endpoint: 'https://collect.test' }
const parse = (options: object) => parseOptions({ ...given, ...options }, DEFAULTS, readTexts)

describe('options', () => {
  test('have the defaults that are documented', () => {
    expect(parse({})).toEqual({
      ...given,
      timeout: 1_800_000,
      maxLength: 86_400_000,
      splitOnCampaign: false,
      endOnClose: false,
      consent: 'granted',
      respectPrivacySignals: false,
      cookieRenewal: false,
      batchDelay: 1_000,
      batchSize: 50,
      maxStoredEvents: 1_000,
      maxStoredBytes: 1_000_000,
      ignoreReferrers: [],
      app: {},
      debug: false,
      autoPage: true,
      autoTrack: true,
      linkDomains: [],
    })
  })

  test.each([
    ['a timeout too short', { timeout: 30 }, { timeout: 1_000 }],
    ['a timeout too long', { timeout: 1e12 }, { timeout: 86_400_000 }],
    ['undefined for the default', { timeout: undefined }, { timeout: 1_800_000 }],
    ['an endpoint of the own site', { endpoint: '/stats' }, { endpoint: '/stats' }],
  ])('take %s', (_, options, expected) => {
    expect(parse(options)).toMatchObject(expected)
  })

  test.each([
    ['no options', undefined, /writeKey must be like "pk_…"/],
    ['no write key', { writeKey: '' }, /writeKey must be like "pk_…"/],
    ['a numeric write key', { writeKey: 42 }, /writeKey must be like "pk_…"/],
    ['no endpoint', { writeKey: 'pk_1' }, /endpoint must be like "https:\/\/collect.example"/],
    ['an endpoint without scheme', { ...given, endpoint: 'collect.test' }, /endpoint must be like "https:/],
    ['a textual timeout', { ...given, timeout: '30m' }, /timeout must be like 1800000/],
    ['a timeout that is no number', { ...given, timeout: NaN }, /timeout must be like 1800000/],
    ['an endless timeout', { ...given, timeout: Infinity }, /timeout must be like 1800000/],
    ['a negative timeout', { ...given, timeout: -1 }, /timeout must be like 1800000/],
    ['a numeric flag', { ...given, autoPage: 0 }, /autoPage must be like true/],
    ['another consent', { ...given, consent: 'yes' }, /consent must be like "granted"/],
    ['a number for a list', { ...given, linkDomains: 5 }, /linkDomains must be like \[\]/],
    ['a list for a flag', { ...given, autoPage: [] }, /autoPage must be like true/],
    ['a list of numbers', { ...given, linkDomains: [1] }, /linkDomains must be like \[\]/],
    ['a number for an object', { ...given, app: 5 }, /app must be like {}/],
    ['a misspelt one', { ...given, timeOut: 5 }, /timeOut must be like undefined/],
  ])('refuse %s, and say how to mend it', (_, options, message) => {
    expect(() => parseOptions(options, DEFAULTS, readTexts)).toThrow(message)
  })

  test('of the core are those of all without the automatic parts', () => {
    expect(() => parseOptions({ ...given, autoPage: true }, CORE_DEFAULTS, readTexts)).toThrow(
      'autoPage must be like undefined',
    )
    expect(DEFAULTS).toMatchObject(CORE_DEFAULTS)
  })
})

describe('texts, as attributes of the script tag have them, count for what they say', () => {
  test.each([
    [{ writeKey: '42' }, { writeKey: '42' }],
    [{ writeKey: 'true' }, { writeKey: 'true' }],
    [{ timeout: '60000' }, { timeout: 60_000 }],
    [{ autoPage: 'false' }, { autoPage: false }],
    [{ endOnClose: '' }, { endOnClose: true }],
    [{ consent: 'required' }, { consent: 'required' }],
    [{ linkDomains: 'app.example, docs.example' }, { linkDomains: ['app.example', 'docs.example'] }],
    [{ ignoreReferrers: 'pay.example' }, { ignoreReferrers: ['pay.example'] }],
    [{ app: '{"name":"shop"}' }, { app: { name: 'shop' } }],
    [{ debug: null }, { debug: false }],
  ])('%j', (options, expected) => {
    expect(parse(options)).toMatchObject(expected)
  })

  test.each([{ timeout: '30m' }, { consent: '' }, { autoPage: 'no' }, { app: 'shop' }])(
    '%j says nothing',
    (options) => {
      expect(() => parse(options)).toThrow(`Sojourn: ${Object.keys(options)[0]} must be like`)
    },
  )
})
