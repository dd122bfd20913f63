import { request } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** An answer, read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** One request. The path begins with a slash. */
export interface Question {
  readonly port: number
  readonly path: string
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
  /** Default 10 s. */
  readonly timeoutMs?: number
}

/** Asks a server on this machine. Rejects when there is no whole answer in time. */
export function ask(question: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const req = request(
      {
        host: '127.0.0.1',
        port: question.port,
        path: question.path,
        method: question.method ?? 'GET',
        headers: question.headers ?? {},
        agent: false,
        signal: AbortSignal.timeout(question.timeoutMs ?? 10_000),
      },
      (res) => {
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.once('error', reject)
        res.once('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        )
      },
    )
    req.once('error', reject)
    req.end(question.body)
  })
}

/** As `ask`, parsed. Rejects when the answer is not 2xx JSON. */
export async function askJson<Value>(question: Question): Promise<Value> {
  const reply = await ask(question)
  if (reply.status < 200 || reply.status > 299)
    throw new Error(
      `${question.method ?? 'GET'} ${question.path} answered ${reply.status}: ${reply.text.slice(0, 300)}`,
    )
  return JSON.parse(reply.text) as Value
}
