import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { visibleText } from './visible-text.ts'

describe('visibleText', () => {
  test('marks what turns the direction, hides or controls', () => {
    expect(visibleText('gpj.\u202Eexe')).toBe('gpj.⟨202E⟩exe')
    expect(visibleText('a\u200bb\ufeffc\u2066d\u0000')).toBe('a⟨200B⟩b⟨FEFF⟩c⟨2066⟩d⟨0000⟩')
    expect(visibleText('one\r\ntwo\tthree')).toBe('one↵↵two⇥three')
  })

  test('leaves markup, right-to-left letters and joined emoji as they are', () => {
    for (const text of ['<img src=x onerror=alert(1)>', 'שלום', '👩‍👩‍👧', 'می‌خواهم'])
      expect(visibleText(text)).toBe(text)
  })

  test('cuts between characters, never inside one', () => {
    expect(visibleText('🙂🙂🙂', 2)).toBe('🙂🙂…')
    expect(visibleText('abc', 3)).toBe('abc')
    expect(visibleText('abcd', 3)).toBe('abc…')
  })

  test.prop([fc.string({ unit: 'grapheme', maxLength: 500 }), fc.integer({ min: 1, max: 300 })])(
    'never shows more characters than asked for, and all of a text that fits',
    (text, maxChars) => {
      const isCut = Array.from(text).length > maxChars
      const shown = visibleText(text, maxChars)
      expect(shown.endsWith('…')).toBe(isCut || text.endsWith('…'))
      // A mark is longer than what it stands for, so only texts without one can be compared by length.
      if (!shown.includes('⟨')) expect(Array.from(shown).length).toBeLessThanOrEqual(maxChars + 1)
    },
  )

  test.prop([fc.string({ unit: 'binary', maxLength: 300 })])(
    'leaves nothing invisible in any text',
    (text) => {
      expect(visibleText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    },
  )
})
