import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { MAX_BODY_BYTES } from '@sojourn/protocol'
import type { Problem } from '../problem.ts'
import { TOO_LARGE } from './read-body.ts'

/** The text of a body, its size once unpacked; or why it cannot be read. */
export type DecodedBody =
  | { readonly ok: true; readonly text: string; readonly bytes: number }
  | { readonly ok: false; readonly problem: Problem }

const inflate = promisify(gunzip)

/** What browsers send without a preflight, and what other senders use. A request without a type is taken at its word. */
const READ_TYPES = new Set(['text/plain', 'application/json', ''])

/**
 * Unpacks a body and reads it as UTF-8, with or without a byte order mark. Unpacking stops at `MAX_BODY_BYTES`, so a small body that
 * unpacks to a huge one costs no more than a large one. Never rejects.
 */
export async function decodeBody(raw: Buffer, headers: IncomingHttpHeaders): Promise<DecodedBody> {
  const form = unreadableForm(headers)
  if (form) return { ok: false, problem: form }
  const unpacked = isGzip(headers) ? await unpack(raw) : raw
  if (!Buffer.isBuffer(unpacked)) return { ok: false, problem: unpacked }
  if (!isUtf8(unpacked))
    return { ok: false, problem: { kind: 'not_json', detail: 'The body is not UTF-8 text.' } }
  const text = unpacked.toString('utf8')
  return { ok: true, text: text.startsWith('\ufeff') ? text.slice(1) : text, bytes: unpacked.length }
}

function unreadableForm(headers: IncomingHttpHeaders): Problem | undefined {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  if (!READ_TYPES.has(type.trim()))
    return { kind: 'unsupported', detail: 'Send the batch as text/plain or application/json.' }
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  if (charset && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset))
    return { kind: 'unsupported', detail: 'Send the batch as UTF-8 text.' }
  const encoding = encodingOf(headers)
  if (encoding === '' || encoding === 'identity' || isGzip(headers)) return undefined
  return {
    kind: 'unsupported',
    detail: 'Send the batch as it is or with Content-Encoding: gzip.',
    headers: { 'Accept-Encoding': 'gzip' },
  }
}

function isGzip(headers: IncomingHttpHeaders): boolean {
  const encoding = encodingOf(headers)
  return encoding === 'gzip' || encoding === 'x-gzip'
}

function encodingOf(headers: IncomingHttpHeaders): string {
  return (headers['content-encoding'] ?? '').trim().toLowerCase()
}

async function unpack(raw: Buffer): Promise<Buffer | Problem> {
  try {
    return await inflate(raw, { maxOutputLength: MAX_BODY_BYTES })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? TOO_LARGE
      : { kind: 'not_json', detail: 'The body says it is gzip, but cannot be unpacked.' }
  }
}
