import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /(?<!\.test)\.tsx?$/.test(path),
)

test('nothing in the sources makes markup or code of a text', () => {
  expect(sources.length).toBeGreaterThan(50)
  for (const path of sources)
    expect(readFileSync(join(folder, path), 'utf8'), path).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\(|new Function/i,
    )
})

test('only LinkOut leads to addresses that senders wrote', () => {
  for (const path of sources.filter((path) => path.endsWith('.tsx') && !path.endsWith('link-out.tsx')))
    for (const [href] of readFileSync(join(folder, path), 'utf8').matchAll(/\shref=(\{[^}]*|"[^"]*")/g))
      expect(href, path).toMatch(/placeLink\(|profileLink\(|apiUrl\(|"#main"/)
})
