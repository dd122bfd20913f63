import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dashboardRoutes } from './dashboard.ts'

const SCRIPT = `/* ${'as long as a script is '.repeat(50)}*/`

/** Serves a little dashboard at `/` and below `/analytics`; resolves to the URL of the server. */
async function serve(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-site-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Dashboard</title>')
  writeFileSync(join(folder, 'assets', 'index-abc.js'), SCRIPT)
  writeFileSync(join(folder, 'assets', 'notes.txt'), 'not for the page')
  writeFileSync(join(folder, '.built'), 'a stamp of the build')
  const routes = dashboardRoutes(folder)
  const server = express().use('/analytics', routes).use(routes).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('the dashboard', () => {
  test('asks for its page anew each time, and keeps what is named by its content', async () => {
    const url = await serve()
    const page = await fetch(`${url}/`)
    expect(await page.text()).toContain('Dashboard')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const asset = await fetch(`${url}/assets/index-abc.js`)
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(page.headers.get('etag')).toMatch(/^(W\/)?"/)
  })

  test('sends what the page names packed, as the browser asks', async () => {
    const url = await serve()
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await fetch(`${url}/assets/index-abc.js`, { headers: { 'Accept-Encoding': accepted } })
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(answer.headers.get('vary')).toBe('Accept-Encoding')
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(Number(answer.headers.get('content-length')) < SCRIPT.length).toBe(encoding !== null)
      expect(await answer.text()).toBe(SCRIPT)
    }
    const head = await fetch(`${url}/assets/index-abc.js`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await fetch(`${url}/assets/index-abc.js`, { method: 'POST' })).status).toBe(404)
  })

  test('finds its files below the path of another server', async () => {
    const url = await serve()
    const moved = await fetch(`${url}/analytics?from=mail`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/analytics/?from=mail'])
    expect((await fetch(`${url}/analytics`)).url).toBe(`${url}/analytics/`)
    expect((await fetch(`${url}/analytics/assets/index-abc.js`)).status).toBe(200)
  })

  test('gives out nothing else', async () => {
    const url = await serve()
    for (const path of [
      '/.built',
      '/assets/',
      '/assets/notes.txt',
      '/assets/..%2f.built',
      '/assets/..%2findex.html',
      '/package.json',
    ])
      expect((await fetch(url + path)).status, path).toBe(404)
  })
})
