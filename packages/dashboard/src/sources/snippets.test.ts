import { parseBatch } from '@sojourn/protocol'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { collectorUrl } from './collector-url.ts'
import { snippetsFor } from './snippets.ts'

const snippets = snippetsFor('pk_1', 'https://collect.example', () => 'an-id')

test('each way to send names the key and the collector', () => {
  for (const { code } of snippets) {
    expect(code).toContain('pk_1')
    expect(code).toContain('https://collect.example')
  }
})

test('the shell command of plain HTTP sends a batch that the collector takes', () => {
  const command = snippets.find((snippet) => snippet.key === 'http')!.code.replace(/^curl/, 'show')
  const body = execFileSync(
    'bash',
    ['-c', `show() { while [ "$1" != -d ]; do shift; done; printf %s "$2"; }\n${command}`],
    {
      encoding: 'utf8',
    },
  )
  const parsed = parseBatch(JSON.parse(body), { receivedAt: Date.now() })
  expect(parsed).toMatchObject({ ok: true, writeKey: 'pk_1', rejected: [] })
  expect(parsed.ok && parsed.events[0]?.event).toMatchObject({ id: 'an-id', type: 'track', name: 'hello' })
})

test('the collector is where the page came from, below any path', () => {
  expect(collectorUrl('https://shop.example/analytics/#/sources')).toBe('https://shop.example/analytics')
  expect(collectorUrl('http://127.0.0.1:8686/index.html')).toBe('http://127.0.0.1:8686')
})
