import { describe, expect, test } from 'vitest'
import { parseEventsQuery } from './events-parameters.ts'
import { instant } from './parameters.ts'
import { SESSION_PARAMETERS, parseSessionsQuery } from './sessions-parameters.ts'

const NOW = Date.UTC(2024, 4, 30)

function query(text: string) {
  const parsed = parseSessionsQuery(new URLSearchParams(text), NOW)
  if (!parsed.ok) throw new Error(parsed.errors.join(' '))
  return parsed.query
}

function errors(text: string): readonly string[] {
  const parsed = parseSessionsQuery(new URLSearchParams(text), NOW)
  return parsed.ok ? [] : parsed.errors
}

test('nothing asked: the latest fifty sessions, as the browsers stamped them', () => {
  expect(query('')).toEqual({ definition: 'client', now: NOW, sort: 'start', descending: true, limit: 50 })
})

test('a number that is none is told what it may be', () => {
  expect(errors('minEvents=some&minDuration=soon&limit=0')).toEqual([
    'minEvents must be a whole number, 0 or more.',
    'minDuration must be a whole number of seconds, 0 or more.',
    'limit must be a whole number from 1 to 500.',
  ])
})

test('every filter at once', () => {
  const asked =
    'definition=client&profile=u-42&visitor=v1&source=Shop&sourceType=product&from=2024-05-01&to=1717055063243&minDuration=0&maxDuration=600' +
    '&minEvents=2&maxEvents=9&minPoints=-1.5&entry=page_view&exit=buy&entryPath=/&exitPath=/cart&event=buy&tag=cta&path=/a%20b&goal=trial&converted=true' +
    '&lifecycle=new&status=ended&device=mobile&country=fr&utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&without=utm_term,exitPath&led=docs,product&ledFrom=Blog&ledTo=Shop&firstPages=["/"]&lastPages=["/a,b","/"]&pagesUntil=trial&sort=duration&limit=500&cursor=x&skip=9000'
  expect([...new URLSearchParams(asked).keys()].sort()).toEqual(Object.keys(SESSION_PARAMETERS).sort())
  expect(query(asked)).toEqual({
    definition: 'client',
    now: NOW,
    profile: 'u-42',
    visitor: 'v1',
    source: 'Shop',
    sourceType: 'product',
    from: Date.UTC(2024, 4, 1),
    to: 1717055063243,
    minDuration: 0,
    maxDuration: 600,
    minEvents: 2,
    maxEvents: 9,
    minPoints: -1.5,
    entry: 'page_view',
    exit: 'buy',
    entryPath: '/',
    exitPath: '/cart',
    event: 'buy',
    tag: 'cta',
    path: '/a b',
    goal: 'trial',
    converted: true,
    lifecycle: 'new',
    status: 'ended',
    device: 'mobile',
    country: 'FR',
    utmSource: 'a',
    utmMedium: 'b',
    utmCampaign: 'c',
    utmTerm: 'd',
    utmContent: 'e',
    without: ['utmTerm', 'exitPath'],
    led: { from: ['docs'], to: 'product' },
    ledFrom: 'Blog',
    ledTo: 'Shop',
    firstPages: ['/'],
    lastPages: ['/a,b', '/'],
    pagesUntil: 'trial',
    sort: 'duration',
    descending: false,
    limit: 500,
    cursor: 'x',
    skip: 9000,
  })
})

test('sorts in both directions', () => {
  expect(query('sort=-points')).toMatchObject({ sort: 'points', descending: true })
  expect(query('sort=events')).toMatchObject({ sort: 'events', descending: false })
})

describe('a parameter that is not understood is an error that names it', () => {
  test.each([
    'colour=red',
    '__proto__=1',
    'constructor=1',
    'limit=0',
    'limit=501',
    'limit=1.5',
    'limit=1e2',
    'minEvents=-1',
    'minDuration=99999999999999999999',
    'minPoints=Infinity',
    'converted=yes',
    'converted=toString',
    'status=over',
    'lifecycle=old',
    'sort=name',
    'sort=--start',
    'country=France',
    'from=yesterday',
    'from=2024-05-30T07:44',
    'from=2024-13-45',
    'from=2024-02-30',
    'to=2023-02-29T07:44:23Z',
    'to=99999999999999999',
    'source=',
    'entry=a&entry=b',
    `tag=${'x'.repeat(257)}`,
    'path=%00',
  ])('%s', (text) => {
    const [found, ...more] = errors(text)
    expect(found).toContain(text.split('=')[0])
    expect(more).toEqual([])
  })

  test('all of them at once, without repeating long ones', () => {
    const found = errors(`limit=x&status=y&${'z'.repeat(500)}=1`)
    expect(found).toHaveLength(3)
    expect(found.join('').length).toBeLessThan(400)
  })
})

test.each([
  ['2024-05-30', Date.UTC(2024, 4, 30)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2024-05-30T07:44Z', Date.UTC(2024, 4, 30, 7, 44)],
  ['2024-05-30T07:44:23.243+02:00', Date.UTC(2024, 4, 30, 5, 44, 23, 243)],
  ['2024-05-30T07:44:23 02:00', Date.UTC(2024, 4, 30, 5, 44, 23)],
  ['1717055063243', 1717055063243],
  ['-1', -1],
])('%s is an instant', (text, value) => {
  expect(instant(text)).toEqual({ value })
})

test('events have filters of their own', () => {
  const parsed = parseEventsQuery(new URLSearchParams('type=track&name=buy&user=u-42&limit=5'))
  expect(parsed).toEqual({ ok: true, query: { type: 'track', name: 'buy', user: 'u-42', limit: 5 } })
  expect(parseEventsQuery(new URLSearchParams('type=hit&sort=start')).ok).toBe(false)
})
