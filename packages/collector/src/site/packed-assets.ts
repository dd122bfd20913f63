import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { RequestHandler } from 'express'
import { bestEncoding } from './best-encoding.ts'
import type { Encoding } from './best-encoding.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Serves the files of one folder whose names change with their content: packed as the browser asks, each once and then from memory, and to
 * be kept for ever. What the folder did not hold at the start is left to the next handler.
 */
export function packedAssets(folder: string): RequestHandler {
  const names = new Set(readdirSync(folder).filter((name) => Object.hasOwn(TYPES, extname(name))))
  const packed = new Map<string, Promise<Buffer>>()

  function pack(name: string, encoding: Encoding): Promise<Buffer> {
    const key = `${encoding} ${name}`
    const known = packed.get(key) ?? packFile(join(folder, name), encoding)
    packed.set(key, known)
    return known
  }

  return (req, res, next) => {
    const name = req.path.slice(1)
    if ((req.method !== 'GET' && req.method !== 'HEAD') || !names.has(name)) return next()
    const encoding = bestEncoding(req)
    pack(name, encoding).then((bytes) => {
      res.setHeader('Content-Type', TYPES[extname(name)]!)
      res.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      res.setHeader('Vary', 'Accept-Encoding')
      if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding)
      res.setHeader('Content-Length', bytes.length)
      res.end(req.method === 'HEAD' ? undefined : bytes)
    }, next)
  }
}

async function packFile(path: string, encoding: Encoding): Promise<Buffer> {
  const bytes = await readFile(path)
  if (encoding === 'br') return promisify(brotliCompress)(bytes)
  return encoding === 'gzip' ? promisify(gzip)(bytes) : bytes
}
