import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestService } from '../service.fixture.ts'
import { readSdkScript, serveSdkScript } from './sdk-script.ts'

const SCRIPT = `window.sojourn={};${'/* as long as a script is */'.repeat(50)}`

async function serveScript() {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-script-'))
  const path = join(folder, 'sojourn.js')
  writeFileSync(path, SCRIPT)
  const script = await readSdkScript(path)
  rmSync(folder, { recursive: true })
  const server = createServer(express().get('/sojourn.js', serveSdkScript(script))).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sojourn.js`
  return { url, script, get: (headers: Record<string, string> = {}) => fetch(url, { headers }) }
}

describe('the SDK script', () => {
  test('is served packed, to any site, under the hash that is told', async () => {
    const { get, script } = await serveScript()
    expect(script.integrity).toBe(`sha384-${createHash('sha384').update(SCRIPT).digest('base64')}`)
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['br;q=0, gzip', 'gzip'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get({ 'Accept-Encoding': accepted })
      expect(answer.headers.get('content-encoding')).toBe(encoding)
      expect(await answer.text()).toBe(SCRIPT)
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    }
  })

  test('is not sent again to who has it', async () => {
    const { get } = await serveScript()
    const first = await get({ 'Accept-Encoding': 'br' })
    const etag = first.headers.get('etag')!
    const again = await get({ 'Accept-Encoding': 'br', 'If-None-Match': `"other", W/${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get({ 'Accept-Encoding': 'gzip', 'If-None-Match': etag })).status).toBe(200)
  })
})

test('the SDK is served under the hash that /v1/script tells', async () => {
  const service = await startTestService()
  const told = await service.read<{ path: string; integrity: string; bytes: number }>('/v1/script')
  const code = Buffer.from(await (await fetch(`${service.url}/sojourn.js`)).arrayBuffer())
  expect(told).toEqual({
    path: '/sojourn.js',
    bytes: code.length,
    integrity: `sha384-${createHash('sha384').update(code).digest('base64')}`,
  })
})

describe('the page at /', () => {
  test('runs nothing inline and asks nobody else', async () => {
    const service = await startTestService()
    const answer = await fetch(`${service.url}/`)
    expect(answer.status).toBe(200)
    const policy = answer.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-powered-by')).toBeNull()
    const html = await answer.text()
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=|https?:/)
    const files = [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)]
    expect(files.length).toBeGreaterThan(1)
    for (const [, path] of files) expect((await fetch(`${service.url}/${path}`)).status).toBe(200)
  })

  test('no other file of the package can be had', async () => {
    const service = await startTestService()
    for (const path of [
      '/package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/../package.json',
    ])
      expect((await fetch(service.url + path)).status).toBe(404)
  })
})
