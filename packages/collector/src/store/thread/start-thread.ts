import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { answerCalls } from './answer-calls.ts'
import type { Methods } from './answer-calls.ts'

/** What a thread of a store is given when it starts. */
export interface ThreadData {
  /** The database file. */
  readonly path: string
  /** Leads to the other thread. */
  readonly link: MessagePort
}

/** Answers the first call, `open`, by `open`, and from then on those of the methods it returned, `inLine` as `answerCalls` says. After `close` the thread ends. */
export function startThread(
  open: (data: ThreadData) => Methods & { close(): unknown },
  inLine: readonly string[] = [],
): void {
  const port = parentPort!
  const data = workerData as ThreadData
  const methods: Record<string, Methods[string]> = {
    open() {
      const opened = open(data)
      Object.assign(methods, opened, {
        async close() {
          await opened.close()
          data.link.close()
          // What was answered in this turn still has to leave.
          setImmediate(() => port.close())
        },
      })
    },
  }
  answerCalls(port, methods, inLine)
}
