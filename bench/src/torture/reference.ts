import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { WireEvent } from '@sojourn/protocol'
import { CONTEXTS, contextOf } from '../contexts.ts'
import { openConnection } from '../load/connection.ts'
import type { Connection } from '../load/connection.ts'
import { prepareRequest, stampSentAt } from '../load/request.ts'
import { addSource, startCollector, WRITE_KEY } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { readSession, readSessions } from './read-all.ts'

/** How the sessions of a tortured collector differ from those of one that had an easy life. */
export interface SessionDifferences {
  readonly sessions: number
  /** Sessions that only one of the two has, or that are not the same in both. */
  readonly different: number
  /** The first that differs, in both tellings. */
  readonly example?: string
}

/** What is told. */
export interface Story {
  /** All that were acknowledged, in any order. */
  readonly events: readonly WireEvent[]
  /** Those of them that came before all others: who uses a session id first owns it, whatever the times in the events say. */
  readonly prologue?: readonly WireEvent[]
}

const BATCH_EVENTS = 500

/**
 * Tells the same events from scratch: a fresh collector gets them once, in the order in which they happened, and every session of the
 * tortured one is compared with its.
 */
export async function compareWithReference(
  port: number,
  folder: string,
  story: Story,
): Promise<SessionDifferences> {
  const place = { folder: join(folder, 'reference'), port: await freePort() }
  mkdirSync(place.folder, { recursive: true })
  const reference = startCollector(place)
  try {
    await reference.ready()
    await addSource(reference.port)
    await tellInOrder(reference.port, story.prologue ?? [])
    await tellInOrder(reference.port, story.events)
    const [told, expected] = [await readSessions(port), await readSessions(reference.port)]
    const ids = [...new Set([...told.keys(), ...expected.keys()])]
    const different = ids.filter((id) => told.get(id) !== expected.get(id))
    const first = different[0]
    return {
      sessions: expected.size,
      different: different.length,
      ...(first === undefined ? {} : { example: await inBoth(first, port, reference.port) }),
    }
  } finally {
    await reference.stop('SIGKILL')
  }
}

async function tellInOrder(port: number, events: readonly WireEvent[]): Promise<void> {
  const connection = openConnection(port)
  const sorted = [...events].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
  // A visitor always has the same context, so that events of different ones can't be in the same session.
  for (const [i, context] of CONTEXTS.entries()) {
    const lane = sorted.filter((event) => contextOf(event.visitorId ?? event.userId!) === i)
    for (let at = 0; at < lane.length; at += BATCH_EVENTS) {
      const batch = lane.slice(at, at + BATCH_EVENTS)
      const request = prepareRequest(WRITE_KEY, context, batch, batch.length)
      stampSentAt(request, Date.now())
      await sendFor200(connection, request.bytes)
    }
  }
  connection.reset()
}

function sendFor200(connection: Connection, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    connection.send(bytes, (answer) => {
      if (answer?.status === 200) resolve()
      else reject(new Error(`the reference collector answered ${answer?.status}: ${answer?.body.toString()}`))
    }),
  )
}

async function inBoth(id: string, port: number, referencePort: number): Promise<string> {
  const read = (from: number): Promise<string> =>
    readSession(from, id).catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
  return `tortured: ${await read(port)}\n      expected: ${await read(referencePort)}`
}
