import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  ['=1+2', `"'=1+2"`],
  ['+1', `"'+1"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['  =1', `"'  =1"`],
  ['\t=1', `"'\t=1"`],
  ['\r', `"'\r"`],
  ['＝1', `"'＝1"`],
  ['＋1', `"'＋1"`],
  ['－1', `"'－1"`],
  ['＠x', `"'＠x"`],
  ['\u200b=1', `"'\u200b=1"`],
  ["'=1", `"''=1"`],
  ['a=b', 'a=b'],
  ['/cart?x=-1', '/cart?x=-1'],
  ['say "hi", twice\n', '"say ""hi"", twice\n"'],
])('%j is written %j', (text, cell) => {
  expect(csvLine([text])).toBe(`${cell}\r\n`)
})

test('numbers stay numbers, also below zero, and what is absent stays empty', () => {
  expect(csvLine([-12.5, 0, true, undefined, ''])).toBe('-12.5,0,true,,\r\n')
})

/** The cells of one line as RFC 4180 has them, each with one apostrophe taken off. */
function readCells(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n$)/g))
    cells.push((quoted?.replaceAll('""', '"') ?? plain ?? '').replace(/^'/, ''))
  return cells
}

const signs = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '＝',
  "'",
  ' ',
  '\t',
  '\r',
  '\n',
  '"',
  ',',
  'a',
  '\u202e',
  '1',
)
const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: signs })), { minLength: 1, maxLength: 4 })

propertyTest.prop([texts])('every text can be read back', (given) => {
  expect(readCells(csvLine(given))).toEqual(given)
})

propertyTest.prop([fc.string({ unit: signs, minLength: 1 })])(
  'no cell begins with what a spreadsheet computes',
  (text) => {
    expect(csvLine([text])).not.toMatch(/^"?[\s\u202e]*[=+\-@＝＋－＠]/)
  },
)
