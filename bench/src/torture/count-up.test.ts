import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { compareIds } from './count-up.ts'
import { readEventIds, readSessions } from './read-all.ts'

test('what is missing, twice there, or not ours is told apart', () => {
  expect(compareIds(new Set(['a', 'b', 'c']), ['c', 'a', 'c', 'x'])).toEqual({
    lost: ['b'],
    doubled: ['c'],
    unknown: ['x'],
  })
  expect(compareIds(new Set(['a']), ['a'])).toEqual({ lost: [], doubled: [], unknown: [] })
})

/** A read API of the given rows, in pages of two. */
async function serveRows(rows: readonly unknown[]): Promise<number> {
  const server = createServer((req, res) => {
    const url = new URL(req.url!, 'http://x')
    const at = Number(url.searchParams.get('cursor') ?? 0)
    const next = at + 2 < rows.length ? String(at + 2) : null
    res.end(JSON.stringify({ [url.pathname.slice('/v1/'.length)]: rows.slice(at, at + 2), next }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

function session(id: string, update: string, duration: number): unknown {
  return {
    id,
    metadata: { time: { create: 'a', update, duration } },
    source: { id: `made-for-${update}`, name: 'Shop' },
  }
}

test('all pages are read, doubled events included', async () => {
  const port = await serveRows([{ id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'c' }, { id: 'd' }])
  expect(await readEventIds(port)).toEqual(['a', 'b', 'a', 'c', 'd'])
})

test('a session is compared by all that its events determine, and by nothing else', async () => {
  const told = await readSessions(
    await serveRows([session('1', 'x', 60), session('2', 'x', 60), session('3', 'x', 9)]),
  )
  const again = await readSessions(
    await serveRows([session('3', 'y', 9), session('2', 'y', 61), session('1', 'y', 60)]),
  )
  expect(told.get('1')).toBe(again.get('1'))
  expect(told.get('2')).not.toBe(again.get('2'))
  expect(told.get('3')).toBe(again.get('3'))
})

test('a session that is listed twice is no answer', async () => {
  const port = await serveRows([session('1', 'x', 60), session('1', 'x', 60)])
  await expect(readSessions(port)).rejects.toThrow('listed twice')
})
