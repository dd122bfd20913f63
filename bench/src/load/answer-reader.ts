/** One HTTP/1.1 answer. */
export interface Answer {
  readonly status: number
  /** Status line and headers, as they came. */
  readonly head: string
  readonly body: Buffer
}

/** Takes the bytes of one connection as they come. */
export interface AnswerReader {
  /** Throws on bytes that are no HTTP/1.1 answer. */
  push(chunk: Buffer): void
  /** The peer has closed: ends an answer whose length was not told. Returns whether it broke off in the middle of one. */
  end(): boolean
}

/**
 * Reads answers off a connection and gives each to `onAnswer` when it is complete, interim ones (`100 Continue`) too.
 * Made to be cheap: the usual answer comes in one chunk and is cut out of it. With `headsOnly` an answer is complete with its head, and what
 * follows the first one is not read: for HEAD, and for streams that never end.
 */
export function createAnswerReader(onAnswer: (answer: Answer) => void, headsOnly = false): AnswerReader {
  let waiting: Buffer | undefined
  return {
    push(chunk) {
      let bytes = waiting === undefined ? chunk : Buffer.concat([waiting, chunk])
      waiting = undefined
      while (bytes.length > 0) {
        const end = headsOnly ? readHead(bytes, onAnswer) : readAnswer(bytes, onAnswer)
        if (end < 0) {
          // The caller may use the chunk's memory again.
          waiting = Buffer.from(bytes)
          return
        }
        bytes = bytes.subarray(end)
      }
    },
    end() {
      const rest = waiting
      waiting = undefined
      if (rest === undefined) return false
      const headEnd = rest.indexOf('\r\n\r\n')
      if (headEnd < 0) return true
      const head = rest.toString('latin1', 0, headEnd)
      if (header(head, 'content-length') !== undefined || isChunked(head)) return true
      onAnswer({ status: Number(head.slice(9, 12)), head, body: rest.subarray(headEnd + 4) })
      return false
    },
  }
}

/** The value of a header in an answer's head. */
export function header(head: string, name: string): string | undefined {
  const found = new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'i').exec(head)
  return found?.[1]
}

/** Reads the head of the first answer, and skips the rest. Returns -1 while the head is incomplete. */
function readHead(bytes: Buffer, onAnswer: (answer: Answer) => void): number {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return -1
  const head = bytes.toString('latin1', 0, headEnd)
  if (head.startsWith('HTTP/1.'))
    onAnswer({ status: Number(head.slice(9, 12)), head, body: bytes.subarray(bytes.length) })
  return bytes.length
}

/** Reads the first answer of the bytes. Returns where it ends, or -1 while it is incomplete. */
function readAnswer(bytes: Buffer, onAnswer: (answer: Answer) => void): number {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return -1
  const head = bytes.toString('latin1', 0, headEnd)
  if (!head.startsWith('HTTP/1.')) throw new Error(`not an HTTP answer: ${head.slice(0, 80)}`)
  const status = Number(head.slice(9, 12))
  const start = headEnd + 4
  const length = bodyless(status) ? '0' : CONTENT_LENGTH.exec(head)?.[1]
  if (length !== undefined) {
    const end = start + Number(length)
    if (bytes.length < end) return -1
    onAnswer({ status, head, body: bytes.subarray(start, end) })
    return end
  }
  if (!isChunked(head)) return -1
  const chunks = readChunks(bytes, start)
  if (chunks === undefined) return -1
  onAnswer({ status, head, body: chunks.body })
  return chunks.end
}

const CONTENT_LENGTH = /\r\ncontent-length:\s*(\d+)/i

function bodyless(status: number): boolean {
  return status < 200 || status === 204 || status === 304
}

function isChunked(head: string): boolean {
  return /\r\ntransfer-encoding:\s*chunked/i.test(head)
}

function readChunks(
  bytes: Buffer,
  start: number,
): { readonly body: Buffer; readonly end: number } | undefined {
  const parts: Buffer[] = []
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const end = lineEnd + 2 + size + 2
    if (bytes.length < end) return undefined
    if (size === 0) return { body: Buffer.concat(parts), end }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = end
  }
}
