import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EpochMs, IngestAnswer } from '@sojourn/protocol'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { loadConfig } from './config.ts'
import type { Config } from './config.ts'
import type { ProblemDocument } from './problem.ts'
import { startService } from './serve.ts'
import type { Service } from './serve.ts'

export const ADMIN_TOKEN = 'a-token-for-tests-0123456789'
export const WRITE_KEY = 'pk_test'

/** A real service on a free port with a database file of its own, and what a test asks it. All of it goes when the test is finished. */
export interface TestService extends Service {
  /** The database file. */
  readonly dbPath: string
  /** What was logged so far, one JSON line each. */
  readonly logged: () => string
  /** Sends a batch: as JSON where it is a value, as it is where it is a text or bytes. */
  send(body: unknown, headers?: Record<string, string>): Promise<Response>
  /** Sends events for the test's source, and gives back the answer to them. */
  sendEvents(...events: object[]): Promise<IngestAnswer>
  /** Asks the API as admin. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Asks the API as admin, for its JSON. */
  read<Answer>(path: string): Promise<Answer>
}

/**
 * Starts a service with one source, `pk_test` ("Test", product), that any origin may send for. It ends with the test, or as `atEnd` sees to it,
 * where several tests share one.
 */
export async function startTestService(
  settings: Partial<Config> = {},
  now: () => EpochMs = Date.now,
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'sojourn-test-'))
  const lines: string[] = []
  const log = pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(line) })
  const defaults = {
    ...loadConfig({}, []),
    port: 0,
    dbPath: join(folder, 'test.db'),
    adminToken: ADMIN_TOKEN,
  }
  const config = { ...defaults, ...settings }
  const service = await startService(config, log, now)
  let isOpen = true
  const close = async () => {
    if (isOpen) await service.close()
    isOpen = false
  }
  atEnd(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })
  await service.collector.sources.add({
    id: 'test',
    name: 'Test',
    type: 'product',
    origins: [],
    writeKey: WRITE_KEY,
  })
  return { ...service, close, dbPath: config.dbPath, logged: () => lines.join(''), ...asks(service.url, now) }
}

function asks(url: string, now: () => EpochMs): Pick<TestService, 'send' | 'sendEvents' | 'ask' | 'read'> {
  const send: TestService['send'] = (body, headers) =>
    fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/plain', ...headers },
      body: isBody(body) ? body : JSON.stringify(body),
    })
  const ask: TestService['ask'] = (path, init) =>
    fetch(url + path, { ...init, headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, ...init?.headers } })
  return {
    send,
    ask,
    sendEvents: async (...events) => {
      const answer = await send({ writeKey: WRITE_KEY, sentAt: now(), events })
      if (answer.status !== 200) throw new Error(`refused with ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as IngestAnswer
    },
    read: async (path) => {
      const answer = await ask(path)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as never
    },
  }
}

function isBody(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
}

/** The problem document of an answer; throws where the answer is none. */
export async function problemOf(answer: Response): Promise<ProblemDocument> {
  if (answer.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`no problem document, but ${answer.status} ${answer.headers.get('content-type')}`)
  return (await answer.json()) as ProblemDocument
}
