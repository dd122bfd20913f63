import type { MessagePort, Worker } from 'node:worker_threads'
import { AskerGone } from '../store.ts'
import { unpackError } from './thread-error.ts'
import type { PackedError } from './thread-error.ts'

/** A call of a method of a store in another thread. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

/** Nobody waits for the answer of a call any more. */
export interface Drop {
  readonly drop: number
}

/** What crosses to the thread that answers. */
export type Message = Call | Drop

/** What came of it: `error` where it rejected. */
export interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: PackedError
}

/** Calls methods in another thread. */
export interface ThreadCaller {
  /** Resolves to what the method answers there; rejects as it rejects, or with what `end` was given. */
  call(method: string, ...args: readonly unknown[]): Promise<unknown>
  /** The same, until the signal is aborted: then it rejects with `AskerGone`, and a call that still waits for its turn there is never made. */
  callUntil(signal: AbortSignal, method: string, ...args: readonly unknown[]): Promise<unknown>
  /** The other thread is gone: whoever waits and whoever calls from now on is rejected with this. */
  end(error: Error): void
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** A caller over a port whose other end `answerCalls` listens at. Calls of one turn of the event loop cross together: a message costs more than most calls do. */
export function createThreadCaller(port: Pick<MessagePort | Worker, 'on' | 'postMessage'>): ThreadCaller {
  const waiting = new Map<number, Waiting>()
  let messages: Message[] = []
  let lastId = 0
  let ended: Error | undefined

  function send(): void {
    const together = messages
    messages = []
    port.postMessage(together)
  }

  function post(message: Message): void {
    // Once all that lies in the sockets has been read.
    if (messages.push(message) === 1) setImmediate(send)
  }

  function begin(method: string, args: readonly unknown[]) {
    const id = ++lastId
    const answered = new Promise<unknown>((resolve, reject) => {
      if (ended) return reject(ended)
      waiting.set(id, { resolve, reject })
      post({ id, method, args })
    })
    return { id, answered }
  }

  port.on('message', (answers: readonly Answer[]) => {
    for (const { id, value, error } of answers) {
      const one = waiting.get(id)
      waiting.delete(id)
      if (error) one?.reject(unpackError(error))
      else one?.resolve(value)
    }
  })

  return {
    call: (method, ...args) => begin(method, args).answered,
    async callUntil(signal, method, ...args) {
      if (signal.aborted) throw new AskerGone()
      const { id, answered } = begin(method, args)
      function drop(): void {
        waiting.get(id)?.reject(new AskerGone())
        if (waiting.delete(id)) post({ drop: id })
      }
      signal.addEventListener('abort', drop)
      try {
        return await answered
      } finally {
        signal.removeEventListener('abort', drop)
      }
    },
    end(error) {
      ended ??= error
      for (const one of waiting.values()) one.reject(ended)
      waiting.clear()
    },
  }
}
