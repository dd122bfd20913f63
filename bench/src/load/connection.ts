import { connect } from 'node:net'
import { createAnswerReader } from './answer-reader.ts'
import type { Answer } from './answer-reader.ts'

/** One keep-alive connection that carries one request at a time. */
export interface Connection {
  /**
   * Sends a whole request. `onAnswer` gets its final answer, or undefined when the connection ended before that came whole: then nobody knows
   * whether the request was carried out. Call it again only after that.
   */
  send(request: Buffer, onAnswer: (answer: Answer | undefined) => void): void
  /** Closes at once, as a browser that goes away. */
  reset(): void
  readonly closed: boolean
}

/** Opens a connection to a port of this machine; a request sent before it stands waits for it. */
export function openConnection(port: number): Connection {
  let onAnswer: ((answer: Answer | undefined) => void) | undefined
  let closed = false
  const reader = createAnswerReader((answer) => {
    if (answer.status < 200) return
    const give = onAnswer
    onAnswer = undefined
    give?.(answer)
  })
  const close = (): void => {
    if (closed) return
    closed = true
    reader.end()
    const give = onAnswer
    onAnswer = undefined
    give?.(undefined)
  }
  // Reading into one buffer of our own spares an allocation per answer.
  const memory = Buffer.allocUnsafe(64 * 1024)
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: memory,
      callback: (bytes) => {
        try {
          reader.push(memory.subarray(0, bytes))
        } catch {
          socket.destroy()
          close()
        }
        return true
      },
    },
  })
  socket.on('error', close)
  socket.on('end', close)
  socket.on('close', close)
  return {
    send(request, give) {
      if (closed) {
        give(undefined)
        return
      }
      onAnswer = give
      socket.write(request)
    },
    reset() {
      socket.resetAndDestroy()
      close()
    },
    get closed() {
      return closed
    },
  }
}
