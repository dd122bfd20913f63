import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { SETTINGS } from '../settings.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** The rows of the table of attacks: the attack, and the tests that it names with their files. */
const attacks = read('docs/security.md')
  .split('| attack |')[1]!
  .split('\n## ')[0]!
  .split('\n')
  .slice(2)
  .filter((line) => line.startsWith('|'))
  .map((line) => {
    const [attack = '', , tests = ''] = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''))
    return [attack, tests] as const
  })

/** Each file in backticks, with the names in quotes that follow it. */
function namedTests(cell: string): readonly { readonly file: string; readonly names: readonly string[] }[] {
  return cell
    .split('`')
    .flatMap((part, i, parts) =>
      i % 2 === 1
        ? [{ file: part, names: [...parts[i + 1]!.matchAll(/“(.*?)”/g)].map((found) => found[1]!) }]
        : [],
    )
}

test('the table names tests for dozens of attacks', () => {
  expect(attacks.length).toBeGreaterThan(25)
})

test.each(attacks)('what is named against %s exists', (_, cell) => {
  const named = namedTests(cell)
  expect(named.length).toBeGreaterThan(0)
  for (const { file, names } of named) {
    expect([file, existsSync(join(ROOT, file))]).toEqual([file, true])
    expect(file).toMatch(/\.(test|e2e|contract)\.ts$/)
    expect(names.length).toBeGreaterThan(0)
    const text = read(file)
    for (const name of names) expect(text, `${file} has no test “${name}”`).toContain(name)
  }
})

test.each(['sojourn.service', 'Dockerfile'])('%s sets only what is a setting', (file) => {
  const text = read(`packages/collector/deploy/${file}`)
  const variables = Object.values(SETTINGS).map(({ variable }) => variable as string)
  const set = [...text.matchAll(/SOJOURN_[A-Z_]+/g)].map(([name]) => name)
  expect(set.length).toBeGreaterThan(0)
  for (const name of set) if (name !== 'SOJOURN_') expect(variables).toContain(name)
})
