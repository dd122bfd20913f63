import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

const rows = [
  ...read('docs/sdk.md').matchAll(/^\| (\d+) \| (?:.+?) \| (.+?) \| `(.+?)`(?:, `(.+?)`)? \|$/gm),
].map(([, number, title, file, other]) => [Number(number), title!, file!, other] as const)

test('the table of docs/sdk.md has forty rows', () => {
  expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
})

test.each(rows)('the test of row %i exists: %s', (_, title, file, other) => {
  expect(read(file)).toContain(`'${title}'`)
  if (other) expect(read(other)).toContain('test(')
})
