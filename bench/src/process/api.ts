import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './ask.ts'
import { ADMIN_TOKEN } from './collector.ts'

/** What one question to the read API may take, in ms: the first one after many commits waits until they are told. */
const QUESTION_MS = 60_000
const AGAIN_AFTER_MS = 20

/** Asks the read API of a collector and parses the answer, which is undefined where it has no body. Asks again for as long as it answers 503. Rejects on any other failure. */
export async function askApi<Value>(
  port: number,
  path: string,
  { method = 'GET', body }: { readonly method?: string; readonly body?: object } = {},
): Promise<Value> {
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}`, 'Content-Type': 'application/json' }
  const question = { port, path: `/v1${path}`, method, headers, timeoutMs: QUESTION_MS }
  for (;;) {
    const reply = await ask(body === undefined ? question : { ...question, body: JSON.stringify(body) })
    if (reply.status >= 200 && reply.status < 300)
      return (reply.text === '' ? undefined : JSON.parse(reply.text)) as Value
    if (reply.status !== 503) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`)
    await sleep(AGAIN_AFTER_MS)
  }
}
