import type { IncomingMessage } from 'node:http'
import type { RoomSeat } from '../limit/byte-room.ts'
import type { Problem } from '../problem.ts'
import { decodeBody } from './decode-body.ts'
import { readBody } from './read-body.ts'

/** The value of a request's body, with its size once unpacked; or why it is not read; or nothing, where the sender went away in the middle. */
export type ReadJson =
  | { readonly kind: 'json'; readonly value: unknown; readonly bytes: number }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'gone' }

const NOT_JSON: Problem = {
  kind: 'not_json',
  detail: 'The body must be one JSON object, and ends early or is malformed.',
}

/**
 * Reads, unpacks and parses a body, whatever of the types in docs/protocol.md it comes as; unless `refuse`, which sees it as it came, has a
 * reason not to. Never rejects.
 */
export async function readJson(
  req: IncomingMessage,
  seat: RoomSeat,
  refuse?: (body: Buffer) => Problem | undefined,
): Promise<ReadJson> {
  const body = await readBody(req, seat)
  if (body.kind !== 'body') return body
  const problem = refuse?.(body.bytes)
  if (problem) return { kind: 'problem', problem }
  const decoded = await decodeBody(body.bytes, req.headers)
  if (!decoded.ok) return { kind: 'problem', problem: decoded.problem }
  const value = parseJson(decoded.text)
  if (value === undefined) return { kind: 'problem', problem: NOT_JSON }
  return { kind: 'json', value, bytes: decoded.bytes }
}

/** The value of a JSON text; undefined, which no JSON text stands for, where it is malformed. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
