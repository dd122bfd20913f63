import { createHash } from 'node:crypto'
import { askJson } from '../process/ask.ts'
import { ADMIN_TOKEN } from '../process/collector.ts'

/** The ids of all stored events, as the read API lists them: an event that is stored twice stands there twice. */
export async function readEventIds(port: number): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const event of pages<{ id: string }>(port, '/v1/events', 'events')) ids.push(event.id)
  return ids
}

/** A digest of each stored event, whole. */
export async function readEventDigests(port: number): Promise<readonly string[]> {
  const digests: string[] = []
  for await (const event of pages<{ id: string }>(port, '/v1/events', 'events')) digests.push(digest(event))
  return digests
}

/** A session object as far as it is looked into here. */
export interface ReadSession {
  readonly id: string
  readonly metadata: { readonly time: Readonly<Record<string, unknown>> }
  readonly source: { readonly id: string }
}

/**
 * All sessions, each as a digest of all that its events determine: everything but when the collector wrote it, and the id that its source
 * happened to get. Throws when one is listed twice.
 */
export async function readSessions(port: number): Promise<ReadonlyMap<string, string>> {
  const sessions = new Map<string, string>()
  for await (const session of pages<ReadSession>(port, '/v1/sessions', 'sessions', 'sort=start&')) {
    if (sessions.has(session.id)) throw new Error(`session ${session.id} is listed twice`)
    sessions.set(
      session.id,
      createHash('sha1')
        .update(canonical(toldBy(session)))
        .digest('base64'),
    )
  }
  return sessions
}

/** One session without the times of writing, its keys sorted, for a message about what differs. */
export async function readSession(port: number, id: string): Promise<string> {
  const path = `/v1/sessions/${encodeURIComponent(id)}`
  const session = await askJson<ReadSession>({ port, path, headers: AUTHORIZATION })
  return canonical(toldBy(session))
}

const AUTHORIZATION = { Authorization: `Bearer ${ADMIN_TOKEN}` }

function toldBy(session: ReadSession): unknown {
  const { create: _create, update: _update, ...time } = session.metadata.time
  const { id: _sourceId, ...source } = session.source
  return { ...session, source, metadata: { ...session.metadata, time } }
}

async function* pages<Row>(port: number, path: string, key: string, query = ''): AsyncGenerator<Row> {
  let cursor: string | null = ''
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Record<string, unknown> = await askJson({
      port,
      path: `${path}?${query}limit=500${from}`,
      headers: AUTHORIZATION,
      timeoutMs: 30_000,
    })
    yield* page[key] as readonly Row[]
    cursor = page['next'] as string | null
  }
}

function digest(value: unknown): string {
  return createHash('sha1').update(canonical(value)).digest('base64')
}

/** JSON with the keys of every object sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
