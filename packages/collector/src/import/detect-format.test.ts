import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { IMPORT_FORMATS, createLineParser, detectFormat } from './detect-format.ts'
import type { ImportFormat } from './detect-format.ts'
import { SETTING, read } from './parse-lines.fixture.ts'

describe('any line at all', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.object().map((value) => JSON.stringify(value)),
    fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', ' ', '-', '1', '/', 'x', ':', '{', '}') }),
  )

  test.prop([fc.constantFrom(...IMPORT_FORMATS), hostile], { numRuns: 2_000 })(
    'gets an answer, always the same',
    (format, line) => {
      const parse = createLineParser(format, SETTING)
      expect(parse(line)).toEqual(parse(line))
    },
  )

  test.each(IMPORT_FORMATS)('a blank line is empty (%s)', (format) => {
    expect(read(format, '  ')).toEqual({ outcome: 'skipped', reason: 'empty' })
  })

  test('long lines of quotes and brackets cost no more than their length', () => {
    const begun = performance.now()
    for (const text of [
      '"\\'.repeat(400_000),
      '[ '.repeat(400_000),
      '\\x41'.repeat(200_000),
      '1 '.repeat(400_000),
    ])
      read('combined', text)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('detectFormat', () => {
  test.each<[ImportFormat | undefined, string[]]>([
    ['sojourn', ['', '{"id":"1","type":"page","time":1,"visitorId":"v"}']],
    ['segment', ['{"type":"page","messageId":"1","timestamp":"2024-05-30"}']],
    ['segment', ['{"type":"track","anonymousId":"a"}']],
    ['combined', ['junk', '203.0.113.7 - - [30/May/2024:09:44:23 +0200] "GET / HTTP/1.1" 200 1']],
    [undefined, ['junk', '{"half', '']],
    [undefined, []],
  ])('%s', (format, lines) => {
    expect(detectFormat(lines)).toBe(format)
  })
})
