// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { CORE_DEFAULTS, DEFAULTS, SCRIPT_DEFAULTS, parseOptions } from './options.ts'
import { attributeOptions } from './script-attributes.ts'

const given = { writeKey: 'pk_1', endpoint: 'https://collect.test' }
const parse = (options: object) => parseOptions({ ...given, ...options }, DEFAULTS)

/** The options of a script tag with these attributes. */
function fromTag(attributes: Readonly<Record<string, string>>) {
  const script = document.createElement('script')
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(`data-${name}`, value)
  return attributeOptions(script, DEFAULTS)
}

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
    ['a maximum too short', { maxLength: 0 }, { maxLength: 1_000 }],
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
    ['a text for a list', { ...given, linkDomains: 'a.example' }, /linkDomains must be like \[\]/],
    ['a list of numbers', { ...given, linkDomains: [1] }, /linkDomains must be like \[\]/],
    ['null', { ...given, app: null }, /app must be like {}/],
    ['a misspelt one', { ...given, timeOut: 5 }, /timeOut must be left out/],
  ])('refuse %s, and say how to mend it', (_, options, message) => {
    expect(() => parseOptions(options, DEFAULTS)).toThrow(message)
  })

  test('of the core are those of all without the automatic parts', () => {
    expect(() => parseOptions({ ...given, autoPage: true }, CORE_DEFAULTS)).toThrow(
      'autoPage must be left out',
    )
    expect(DEFAULTS).toMatchObject(CORE_DEFAULTS)
  })
})

describe('attributes of the script tag', () => {
  test.each([
    [{ 'write-key': '42' }, { writeKey: '42' }],
    [{ timeout: '60000' }, { timeout: 60_000 }],
    [{ 'auto-page': 'false' }, { autoPage: false }],
    [{ 'end-on-close': '' }, { endOnClose: true }],
    [{ consent: 'required' }, { consent: 'required' }],
    [{ 'link-domains': 'app.example, docs.example' }, { linkDomains: ['app.example', 'docs.example'] }],
    [{ app: '{"name":"shop"}' }, { app: { name: 'shop' } }],
    [{ timeout: '30m' }, { timeout: '30m' }],
    [{ unknown: 'x' }, {}],
  ])('%j', (attributes, options) => {
    expect(fromTag(attributes as Record<string, string>)).toEqual(options)
  })

  test('exist for every option', () => {
    const names = Object.keys(DEFAULTS).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    const options = fromTag(Object.fromEntries(names.map((name) => [name, 'x'])))
    expect(Object.keys(options).sort()).toEqual(Object.keys(DEFAULTS).sort())
  })

  test('for links between domains are refused by the file that has none', () => {
    const script = document.createElement('script')
    script.dataset.linkDomains = 'app.example'
    const options = { ...given, ...attributeOptions(script, SCRIPT_DEFAULTS) }
    expect(() => parseOptions(options, SCRIPT_DEFAULTS)).toThrow('linkDomains must be left out')
    expect(parseOptions(given, SCRIPT_DEFAULTS)).toMatchObject({ autoPage: true })
  })

  test('that cannot be read are refused like any other', () => {
    expect(() => parse(fromTag({ timeout: '30m' }))).toThrow(/timeout must be like 1800000/)
  })
})
