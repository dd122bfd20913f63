import { connect } from 'node:net'
import { createAnswerReader } from '../load/answer-reader.ts'
import type { Answer } from '../load/answer-reader.ts'

/** A connection on which anything can be sent, well-formed or not. */
export interface RawSocket {
  write(bytes: string | Buffer): void
  /** Final and interim answers so far. */
  readonly answers: readonly Answer[]
  /** Resolves when the other side has closed the connection, or it failed. */
  readonly closed: Promise<void>
  readonly isClosed: boolean
  /** Resolves when there are this many answers, or the connection is closed, or the time is over. */
  waitFor(answers: number, timeoutMs: number): Promise<void>
  destroy(): void
}

/** Opens it. Never throws: a connection that can't be made is a closed one. `headsOnly` as in `createAnswerReader`. */
export function openRawSocket(port: number, headsOnly = false): RawSocket {
  const answers: Answer[] = []
  let isClosed = false
  let wake: (() => void)[] = []
  const changed = (): void => {
    for (const resolve of wake.splice(0)) resolve()
  }
  const reader = createAnswerReader((answer) => {
    answers.push({ ...answer, body: Buffer.from(answer.body) })
    changed()
  }, headsOnly)
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => reader.push(chunk))
  const closed = new Promise<void>((resolve) => {
    const close = (): void => {
      if (!isClosed) reader.end()
      isClosed = true
      socket.destroy()
      changed()
      resolve()
    }
    socket.once('end', close)
    socket.once('close', close)
  })
  return {
    answers,
    closed,
    get isClosed() {
      return isClosed
    },
    write(bytes) {
      if (!socket.destroyed) socket.write(bytes)
    },
    async waitFor(count, timeoutMs) {
      let late = false
      const timer = setTimeout(() => {
        late = true
        changed()
      }, timeoutMs)
      while (answers.length < count && !isClosed && !late)
        await new Promise<void>((resolve) => wake.push(resolve))
      clearTimeout(timer)
      wake = []
    },
    destroy() {
      socket.destroy()
    },
  }
}
