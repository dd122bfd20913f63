import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const PUBLIC = join(import.meta.dirname, 'public')

const pages = readdirSync(PUBLIC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.html'))
  .map((path) => ({ path, html: readFileSync(join(PUBLIC, path), 'utf8') }))

/** The values of an attribute, in the order in which they stand. */
const values = (html: string, attribute: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map((match) => match[1]!)

/** The file that the collector serves for a link into `/demo/`. */
function fileOf(link: string): string {
  const { pathname } = new URL(link, 'http://localhost')
  const path = join(PUBLIC, pathname.replace('/demo/', '/'))
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path
}

describe.each(pages)('$path', ({ path, html }) => {
  test('needs no inline script or style, so that a strict CSP lets it be', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/i)
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(values(html, 'href').filter((link) => link.startsWith('javascript:'))).toEqual([])
  })

  test('links only to files that are there, all of them ours', () => {
    const links = [...values(html, 'href'), ...values(html, 'src'), ...values(html, 'action')]
    const served = links.filter((link) => link !== '/sojourn.js' && link !== '/v1/sessions')
    expect(served.length).toBeGreaterThan(2)
    for (const link of served) {
      expect(link).toMatch(/^\/demo\//)
      expect(existsSync(fileOf(link)), `${path} → ${link}`).toBe(true)
    }
  })
})

test.each(pages.filter(({ path }) => path.includes('/')))(
  '$path carries the tracker with the write key of its site',
  ({ path, html }) => {
    const site = path.split('/')[0]!
    expect(html).toContain(`<script async src="/sojourn.js" data-write-key="pk_demo_${site}"></script>`)
  },
)

test('there are three sites', () => {
  expect(new Set(pages.map(({ path }) => path.split('/')[0]))).toEqual(
    new Set(['index.html', 'marketing', 'docs', 'product']),
  )
})
