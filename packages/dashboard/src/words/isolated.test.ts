import { expect, test } from 'vitest'
import { isolated } from './isolated.ts'

test('a date that is written from the right stands between isolates, any other as it is', () => {
  const date = (locale: string): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(0)
  for (const locale of ['ar', 'he', 'fa', 'ur'])
    expect(isolated(date(locale)), locale).toBe(`\u2068${date(locale)}\u2069`)
  for (const locale of ['en', 'de', 'ja', 'el']) expect(isolated(date(locale)), locale).toBe(date(locale))
})
