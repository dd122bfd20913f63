import type { MessagePort } from 'node:worker_threads'
import { createCallLine } from './call-line.ts'
import type { Answer, Call, Message } from './call-thread.ts'
import { packError } from './thread-error.ts'

/** What a thread answers, by the names of the methods. Arguments are what the caller's types allow: both ends are of the same build. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

/**
 * Answers the calls that come through a port, in the order in which they are done. What is done in one moment crosses together. Methods that
 * are named in `inLine` take long: they wait in a line, where those that nobody waits for are left out.
 */
export function answerCalls(port: MessagePort, methods: Methods, inLine: readonly string[] = []): void {
  const line = createCallLine(begin)
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

  function begin(call: Call, ids: readonly number[]): void {
    run(call).then(
      (value) => ids.forEach((id) => tell({ id, value })),
      (error: unknown) => ids.forEach((id) => tell({ id, error: packError(error) })),
    )
  }

  port.on('message', (messages: readonly Message[]) => {
    for (const message of messages)
      if ('drop' in message) line.drop(message.drop)
      else if (inLine.includes(message.method)) line.add(message)
      else begin(message, [message.id])
  })
}
