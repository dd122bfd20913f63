import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { countLine, createImportCount, describeCount } from './import-count.ts'
import { parseFileLine } from './imported-line.ts'
import { DamagedFile, openImportFile } from './open-import-file.ts'
import { MAX_LINE_BYTES, splitLines } from './split-lines.ts'
import type { FileLine } from './split-lines.ts'

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function collect(lines: AsyncIterable<readonly FileLine[]>): Promise<readonly FileLine[]> {
  const all: FileLine[] = []
  for await (const some of lines) all.push(...some)
  return all
}

describe('splitLines', () => {
  const texts = fc.array(
    fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\uFEFF]/g, '')),
    { maxLength: 20 },
  )

  test.prop([texts, fc.integer({ min: 1, max: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean()])(
    'gives the lines, wherever the pieces are cut',
    async (lines, size, lineEnd, isClosed) => {
      const bytes = Buffer.from(lines.join(lineEnd) + (isClosed ? lineEnd : ''))
      const expected = bytes.toString().split(lineEnd)
      if (expected.at(-1) === '') expected.pop()
      const read = await collect(splitLines(piecesOf(bytes, size)))
      expect(read.map(({ text }) => text)).toEqual(expected)
      expect(read.map(({ number }) => number)).toEqual(expected.map((_, i) => i + 1))
    },
  )

  test.prop([texts, fc.nat()])('goes on from the end of any line', async (lines, pick) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const whole = await collect(splitLines(piecesOf(bytes, 7)))
    const done = whole.slice(0, pick % (whole.length + 1))
    const begin = { lines: done.length, bytes: done.at(-1)?.end ?? 0 }
    const rest = await collect(splitLines(piecesOf(bytes.subarray(begin.bytes), 5), begin))
    expect([...done, ...rest]).toEqual(whole)
  })

  test('drops a byte order mark, and the text of a line that is too long', async () => {
    const long = 'x'.repeat(MAX_LINE_BYTES + 1)
    const bytes = Buffer.from(`\uFEFFfirst\n${long}\n${long.slice(1)}\nlast`)
    const read = await collect(splitLines(piecesOf(bytes, 64 * 1024)))
    expect(read.map(({ text }) => text?.length)).toEqual([5, undefined, MAX_LINE_BYTES, 4])
    expect(read.at(-1)!.end).toBe(bytes.length)
  })
})

describe('openImportFile', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sojourn-import-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const text = Array.from({ length: 30_000 }, (_, i) => `line ${i} é\n`).join('')

  async function bytesOf(path: string, from: number): Promise<string> {
    const pieces: Buffer[] = []
    for await (const piece of openImportFile(path, from)) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }

  test('reads plain and packed files alike, from any byte on', async () => {
    const [plain, packed] = [join(folder, 'plain.gz'), join(folder, 'packed.log')]
    await writeFile(plain, text)
    // Rotated logs are often several gzip files one after the other.
    await writeFile(packed, Buffer.concat([gzipSync(text.slice(0, 9_000)), gzipSync(text.slice(9_000))]))
    for (const from of [0, 1, 123_456, Buffer.byteLength(text)]) {
      const expected = Buffer.from(text).subarray(from).toString()
      expect(await bytesOf(plain, from)).toBe(expected)
      expect(await bytesOf(packed, from)).toBe(expected)
    }
  })

  test('reports how far it is, and fails where the file is damaged or not there', async () => {
    const path = join(folder, 'damaged.gz')
    const packed = gzipSync(text)
    await writeFile(path, packed.subarray(0, packed.length / 2))
    const seen: number[] = []
    const read = async () => {
      for await (const _ of openImportFile(path, 0, (bytes) => seen.push(bytes)));
    }
    await expect(read()).rejects.toThrow(DamagedFile)
    expect(seen.at(-1)).toBe(Math.floor(packed.length / 2))
    await expect(bytesOf(join(folder, 'none'), 0)).rejects.toThrow('ENOENT')
  })

  test('reads an empty file and one of a single byte', async () => {
    const path = join(folder, 'small')
    await writeFile(path, '')
    expect(await bytesOf(path, 0)).toBe('')
    await writeFile(path, 'x')
    expect(await bytesOf(path, 0)).toBe('x')
  })
})

test('counts lines by what became of them, and shows the first few bad ones harmlessly', () => {
  const count = createImportCount()
  const bad = { outcome: 'bad', reason: 'not_json', message: 'The line is no JSON.' } as const
  for (let number = 1; number <= 5; number++)
    countLine(count, bad, { number, text: `\u001b[2J${'x'.repeat(500)}`, end: 0 })
  countLine(count, { outcome: 'skipped', reason: 'empty' }, { number: 6, text: '', end: 0 })
  countLine(
    count,
    parseFileLine(() => bad, { number: 7, text: undefined, end: 0 }),
    { number: 7, text: undefined, end: 0 },
  )
  const imported = {
    event: { id: '1', type: 'page', name: 'page_view', time: 1, passive: false },
    time: 1,
    clockOffsetMs: 0,
    sender: {},
  } as const
  countLine(
    count,
    { outcome: 'event', imported: { ...imported, isBot: true } },
    { number: 8, text: '{}', end: 0 },
  )
  countLine(
    count,
    { outcome: 'event', imported: { ...imported, isBot: false } },
    { number: 9, text: '{}', end: 0 },
  )

  const lines = describeCount(count)
  expect(lines).toHaveLength(8)
  expect(lines[0]).toBe('9 lines: 2 events (1 by bots)')
  expect(lines[1]).toBe('  1 left out: empty')
  expect(lines[2]).toBe('  5 bad: not_json')
  expect(lines[3]).toMatch(/^ {4}line 1: The line is no JSON\. "\\u001b\[2Jx+/)
  expect(lines[6]).toBe('  1 bad: too_long')
  for (const line of lines) expect(line.length).toBeLessThan(120)
})
