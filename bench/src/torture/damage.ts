import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask } from '../process/ask.ts'
import { ADMIN_TOKEN, readLog, startCollector, startWithSource } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import { createSenders } from '../senders.ts'
import { readEventDigests, readSessions } from './read-all.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const TIMES = { full: 60, short: 8 }
const EVENTS = 3_000
const PAGE = 4_096

/** What a collector on a damaged file did: refused to start with a sentence, or failed reads, or answered everything as before. */
type Reaction = 'refused to start' | 'failed a read' | 'read the same' | 'read something else' | 'crashed'

/** Bytes of the database file are overwritten while nobody has it open. Nothing may be silently wrong. */
export const damage: Scenario = {
  name: 'a file damaged by hand: said clearly, never silently wrong',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const place = { folder, port: await freePort() }
    const file = join(folder, 'sojourn.db')
    const healthy = join(folder, 'healthy.db')
    const collector = await startWithSource(place)
    const senders = createSenders(seed, { liveVisits: 200, startAt: 1_750_000_000_000 })
    let left = EVENTS
    const witness = startWitness({
      port: place.port,
      senders: { next: (size) => ((left -= size) > 0 ? senders.next(size) : undefined) },
      seed,
      connections: 4,
      mostEvents: 50,
    })
    await witness.done(60_000)
    const expected = await readEverything(place.port)
    await collector.stop()
    copyFileSync(file, healthy)

    const reactions: Partial<Record<Reaction, number>> = {}
    const silent: string[] = []
    for (let i = 0; i < (short ? TIMES.short : TIMES.full); i++) {
      copyFileSync(healthy, file)
      const where = overwrite(file, random, i)
      const reaction = await react(place, expected)
      reactions[reaction] = (reactions[reaction] ?? 0) + 1
      if (reaction === 'read something else' || reaction === 'crashed')
        silent.push(`${reaction} after ${where}`)
    }
    return {
      counts: { events: witness.acknowledged.size, ...reactions },
      failures: [
        ...silent,
        ...failuresOf({
          'no damage was noticed: nothing was tried':
            (reactions['refused to start'] ?? 0) + (reactions['failed a read'] ?? 0) > 0,
        }),
      ],
    }
  },
}

/** Overwrites bytes, in turn of the header, at the start of a page (its structure), anywhere in it, and one letter of an event's text. Returns where, in words. */
function overwrite(file: string, random: Random, turn: number): string {
  const bytes = readFileSync(file)
  const pages = Math.floor(bytes.length / PAGE)
  const page = 1 + Math.floor(random() * (pages - 1))
  const garbage = Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)))
  const [offset, patch] = [
    [Math.floor(random() * 100), garbage],
    [page * PAGE, garbage],
    [page * PAGE + Math.floor(random() * (PAGE - 64)), garbage],
    [bytes.indexOf('shop.example/', Math.floor((random() * bytes.length) / 2)), Buffer.from('S')],
  ][turn % 4] as [number, Buffer]
  patch.copy(bytes, offset)
  writeFileSync(file, bytes)
  return `${patch.length} bytes at ${offset % PAGE} of page ${Math.floor(offset / PAGE) + 1} of ${pages} were overwritten`
}

async function react(
  place: { readonly folder: string; readonly port: number },
  expected: string,
): Promise<Reaction> {
  const logged = readLog(place).length
  const collector = startCollector(place)
  try {
    await collector.ready()
  } catch {
    await collector.stop('SIGKILL')
    const log = readLog(place).slice(logged)
    // A sentence for the operator, and not the stack of a program that gave up.
    return /sojourn: .*(damaged|not a database|another program|newer version|another text)/i.test(log)
      ? 'refused to start'
      : 'crashed'
  }
  try {
    return (await readEverything(place.port)) === expected ? 'read the same' : 'read something else'
  } catch {
    const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
    const alive = await ask({ port: place.port, path: '/healthz', headers }).catch(() => undefined)
    return alive?.status === 200 ? 'failed a read' : 'crashed'
  } finally {
    await collector.stop('SIGKILL')
  }
}

/** Everything the read API says, in one text. Rejects when a read fails. */
async function readEverything(port: number): Promise<string> {
  const events = await readEventDigests(port)
  const sessions = [...(await readSessions(port))].map(([id, digest]) => `${id} ${digest}`)
  return [...events, ...sessions.sort()].join('\n')
}
