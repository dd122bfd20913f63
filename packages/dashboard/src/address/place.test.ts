import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { expect } from 'vitest'
import { parsePlace, placeLink } from './place.ts'

test('is the first page where the address says nothing of ours', () => {
  for (const hash of ['', '#', '#token=abc', '#main', '#/'])
    expect(parsePlace(hash)).toEqual({ path: [], params: {} })
})

test('reads page, id and parameters', () => {
  expect(parsePlace('#/sessions/a%2Fb?device=mobile&path=%2Fa%3Fb')).toEqual({
    path: ['sessions', 'a/b'],
    params: { device: 'mobile', path: '/a?b' },
  })
})

test('takes a broken escape as it is', () => {
  expect(parsePlace('#/sessions/%E0%A4%A').path).toEqual(['sessions', '%E0%A4%A'])
})

test('leaves out what is not set', () => {
  expect(placeLink(['sessions'], { a: '', b: undefined })).toBe('#/sessions')
})

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })

test.prop([fc.array(word, { maxLength: 3 }), fc.dictionary(word, word, { maxKeys: 4 })])(
  'any link leads to its own place',
  (path, params) => {
    expect(parsePlace(placeLink(path, params))).toEqual({ path, params: { ...params } })
  },
)
