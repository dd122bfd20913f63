import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { compilePathPattern } from './path-pattern.ts'

/** The same as a regular expression; only for short texts. */
function asExpression(pattern: string): RegExp {
  const source = pattern
    .split(/(\*+)/)
    .map((part) =>
      part === '*' ? '[^/]*' : part.startsWith('*') ? '[^]*' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${source}$`)
}

const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 })

describe('compilePathPattern', () => {
  test.prop(
    [
      fc.array(fc.constantFrom('a', 'b', '/', '*', '**', 'c*', 'ab'), { minLength: 20, maxLength: 80 }),
      fc.infiniteStream(letters('ab/c')),
    ],
    {
      numRuns: 2_000,
    },
  )('fits what its wildcards are filled with, in patterns longer than a word of bits', (parts, fillings) => {
    const pattern = parts.join('')
    const path = pattern.replace(/\*+/g, (stars) => {
      const filling = fillings.next().value ?? ''
      return stars === '*' ? filling.replaceAll('/', '') : filling
    })
    expect(compilePathPattern(pattern)(path)).toBe(true)
    expect(compilePathPattern(pattern)(`${path}!`)).toBe(/\*$/.test(pattern))
    expect(compilePathPattern(pattern)(`!${path}`)).toBe(/^\*/.test(pattern))
  })

  test.prop([letters('ab/**'), letters('aab/')], { numRuns: 20_000 })(
    'fits what the expression fits',
    (pattern, path) => {
      expect(compilePathPattern(pattern)(path)).toBe(asExpression(pattern).test(path))
    },
  )

  test.prop([letters('a/.+?()[]{}|^$\\'), letters('a/.+?()[]{}|^$\\')])(
    'has no other special characters',
    (pattern, path) => {
      expect(compilePathPattern(pattern)(path)).toBe(pattern === path)
      expect(compilePathPattern(path)(path)).toBe(true)
    },
  )

  test.each([
    ['/docs/**', '/docs/a/b', true],
    ['/docs/**', '/docs/', true],
    ['/docs/**', '/docs', false],
    ['/product/*', '/product/1', true],
    ['/product/*', '/product/1/edit', false],
    ['/*/edit', '/7/edit', true],
    ['**/edit', '/a/b/edit', true],
    ['/Docs', '/docs', false],
    ['', '', true],
    ['*', '', true],
    ['/', '', false],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(compilePathPattern(pattern)(path)).toBe(fits)
  })

  test('stays quick where a regular expression would never end', () => {
    const fits = compilePathPattern(`${'a*'.repeat(120)}b`)
    const begun = performance.now()
    expect(fits('a'.repeat(100_000))).toBe(false)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test('stays quick for a hundred patterns of many wildcards', () => {
    const patterns = Array.from({ length: 100 }, (_, i) => compilePathPattern(`${'/**a'.repeat(60)}${i}`))
    const before = process.cpuUsage()
    for (const fits of patterns) expect(fits('/a'.repeat(4_096))).toBe(false)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(1_000)
  })
})
