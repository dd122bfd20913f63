import type { MessagePort, Worker } from 'node:worker_threads'
import { unpackError } from './thread-error.ts'
import type { PackedError } from './thread-error.ts'

/** A call of a method of a store in another thread. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

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
  let calls: Call[] = []
  let lastId = 0
  let ended: Error | undefined

  function send(): void {
    const together = calls
    calls = []
    port.postMessage(together)
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
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        // Once all that lies in the sockets has been read.
        if (calls.push({ id, method, args }) === 1) setImmediate(send)
      }),
    end(error) {
      ended ??= error
      for (const one of waiting.values()) one.reject(ended)
      waiting.clear()
    },
  }
}
