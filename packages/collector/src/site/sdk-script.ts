import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { RequestHandler } from 'express'
import { sendProblem } from '../problem.ts'
import { bestEncoding } from './best-encoding.ts'

/** The built SDK as it is served: packed once, and named by its hash. */
export interface SdkScript {
  readonly bytes: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>
  /** For the `integrity` attribute: `sha384-…`. */
  readonly integrity: string
}

/** Where the built script lies. Throws where it is not built. */
function findSdkScript(): string {
  return createRequire(import.meta.url).resolve('@sojourn/sdk/script')
}

/** Reads and packs the script. Rejects where there is none. */
export async function readSdkScript(file: string = findSdkScript()): Promise<SdkScript> {
  const identity = await readFile(file)
  const [br, gzipped] = await Promise.all([promisify(brotliCompress)(identity), promisify(gzip)(identity)])
  const integrity = `sha384-${createHash('sha384').update(identity).digest('base64')}`
  return { bytes: { br, gzip: gzipped, identity }, integrity }
}

/**
 * Serves the script to any site, in the best encoding that is asked for, with a strong ETag for each. It may be kept for an hour, so that a fix reaches
 * every page within one; sites that pin its `integrity` have to change the hash when they upgrade the collector.
 */
export function serveSdkScript(script: SdkScript | undefined): RequestHandler {
  return (req, res) => {
    if (!script)
      return void sendProblem(res, {
        kind: 'not_found',
        detail: 'The SDK is not built here: run `npm run build`.',
      })
    const encoding = bestEncoding(req)
    const etag = `"${script.integrity.slice(7, 31)}-${encoding}"`
    res.setHeader('Content-Type', 'text/javascript; charset=utf-8')
    res.setHeader('Cache-Control', 'public, max-age=3600, stale-while-revalidate=86400')
    res.setHeader('ETag', etag)
    res.setHeader('Vary', 'Accept-Encoding')
    // Other sites load it, also with an integrity attribute, for which the browser needs to be let in by CORS.
    res.setHeader('Access-Control-Allow-Origin', '*')
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    res.setHeader('X-Content-Type-Options', 'nosniff')
    if (isKnown(req.headers['if-none-match'], etag)) return void res.status(304).end()
    if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding)
    const bytes = script.bytes[encoding]
    res.setHeader('Content-Length', bytes.length)
    res.end(req.method === 'HEAD' ? undefined : bytes)
  }
}

function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()))
}
