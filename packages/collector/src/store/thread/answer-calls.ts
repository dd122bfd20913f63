import type { MessagePort } from 'node:worker_threads'
import type { Answer, Call } from './call-thread.ts'
import { packError } from './thread-error.ts'

/** What a thread answers, by the names of the methods. Arguments are what the caller's types allow: both ends are of the same build. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

/** Answers the calls that come through a port, in the order in which they are done. What is done in one moment crosses together. */
export function answerCalls(port: MessagePort, methods: Methods): void {
  let answers: Answer[] = []

  function send(): void {
    const together = answers
    answers = []
    port.postMessage(together)
  }

  function tell(answer: Answer): void {
    // A tick that is asked for among resolved promises comes when all of these have been told.
    if (answers.push(answer) === 1) process.nextTick(send)
  }

  async function run({ method, args }: Call): Promise<unknown> {
    const found = methods[method]
    if (!found) throw new Error(`This thread has no ${method}.`)
    return found(...(args as never[]))
  }

  port.on('message', (calls: readonly Call[]) => {
    for (const call of calls)
      run(call).then(
        (value) => tell({ id: call.id, value }),
        (error: unknown) => tell({ id: call.id, error: packError(error) }),
      )
  })
}
