import { expect, test } from 'vitest'
import { usableLocale } from './locale.ts'

test('takes the first language that numbers and dates can be told in', () => {
  expect(usableLocale(['de-CH', 'en'])).toBe('de-CH')
  expect(usableLocale(['C', 'fr'])).toBe('fr')
})

test('is English where the browser reports none that is one', () => {
  expect([usableLocale([]), usableLocale(['C']), usableLocale(['en_GB.UTF-8'])]).toEqual(['en', 'en', 'en'])
})
