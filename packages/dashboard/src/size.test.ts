import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const MAX_FIRST_VIEW_BYTES = 100_000
const folder = fileURLToPath(new URL('..', import.meta.url))
const outDir = mkdtempSync(join(tmpdir(), 'sojourn-dashboard-'))

beforeAll(() => build({ root: folder, logLevel: 'error', build: { outDir, emptyOutDir: true } }), 60_000)
afterAll(() => rmSync(outDir, { recursive: true, force: true }))

const page = (): string => readFileSync(join(outDir, 'index.html'), 'utf8')

test('all that the first view loads is at most 100 kB, packed', () => {
  const files = [...page().matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((match) => match[1]!)
  expect(files.length).toBeGreaterThanOrEqual(3)
  const bytes = ['index.html', ...files].map((file) => gzipSync(readFileSync(join(outDir, file))).length)
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(MAX_FIRST_VIEW_BYTES)
})

test('the page holds no script, style or address that a strict policy refuses', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?:\/\//i)
  for (const file of readdirSync(join(outDir, 'assets'))) {
    const text = readFileSync(join(outDir, 'assets', file), 'utf8')
    if (file.endsWith('.css')) expect(text, file).not.toMatch(/url\(|@import/)
    else expect(text, file).not.toMatch(/\beval\(|new Function\(/)
  }
})
