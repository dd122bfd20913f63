import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCollector, startWithSource } from '../process/collector.ts'
import type { Collector, CollectorPlace } from '../process/collector.ts'
import { freePort } from '../process/free-port.ts'
import { createRandom } from '../random.ts'
import { createSenders } from '../senders.ts'
import { countUp, redraw } from './count-up.ts'
import { digestTables, latestSchema, schemaOf, writeOlderStore } from './older-store.ts'
import { failuresOf } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { startWitness } from './witness.ts'

const KILLS = { full: 40, short: 4 }
const EVENTS = { full: 100_000, short: 10_000 }
/** A file of this schema knows neither scores nor checksums, and most indexes are still to be made. */
const OLD_SCHEMA = 5
/** A start that was killed is followed by another that is, this often. */
const AGAIN = 0.3
const FIRST_WRITE_MS = 3_000
/** A kill that comes too late tries nothing; with few of them it takes some more until one does not. */
const MOST_TIMES = 5

/** kill -9 at random moments while the file of an older version is brought up to date; then a start that may finish. */
export const upgrade: Scenario = {
  name: 'kill -9 while the file of an older version is brought up to date',
  async run({ folder, seed, short }) {
    const random = createRandom(seed)
    const size = short ? 'short' : 'full'
    const port = await freePort()
    const placeOf = (name: string): CollectorPlace => {
      const place = { folder: join(folder, name), logFolder: folder, port }
      mkdirSync(place.folder, { recursive: true })
      return place
    }
    const traffic = { liveVisits: 300, startAt: 1_750_000_000_000 }
    const acknowledged = await fill(placeOf('young'), seed, EVENTS[size])
    const old = join(placeOf('old').folder, 'sojourn.db')
    writeOlderStore(fileOf(placeOf('young')), old, OLD_SCHEMA)

    const calm = placeOf('calm')
    const upgradeMs = await upgradeCalmly(calm, old)
    const expected = digestTables(fileOf(calm))
    const latest = latestSchema()
    const torn = placeOf('torn')
    let unfinished = 0
    let inBetween = 0
    const different = new Set<string>()
    let kills = 0
    while (kills < KILLS[size] || (unfinished === 0 && kills < MOST_TIMES * KILLS[size])) {
      putFile(old, torn)
      do {
        const schema = await killInUpgrade(torn, random() * upgradeMs)
        kills++
        if (schema < latest) unfinished++
        if (schema > OLD_SCHEMA && schema < latest) inBetween++
      } while (random() < AGAIN)
      await finish(torn)
      const found = digestTables(fileOf(torn))
      for (const [table, digest] of Object.entries(expected))
        if (found[table] !== digest) different.add(`${table} after kill ${kills}`)
    }

    const collector = startCollector(torn)
    await collector.ready()
    const { count, failures } = await countUp({ port, folder, acknowledged, events: redraw(seed, traffic) })
    await collector.stop()
    return {
      counts: {
        kills,
        'before it was done': unfinished,
        'of them between two steps': inBetween,
        'upgrade until ready ms': Math.round(upgradeMs),
        ...count,
      },
      failures: [
        ...failures,
        ...failuresOf({
          'no kill came before the upgrade was done: nothing was tried': unfinished > 0,
          [`a file differs from one whose upgrade was left alone: ${[...different].join(', ')}`]:
            different.size === 0,
          'a file is not in order': expected['check'] === 'ok',
        }),
      ],
    }

    async function fill(place: CollectorPlace, drawn: number, events: number): Promise<ReadonlySet<string>> {
      const collector = await startWithSource(place)
      const senders = createSenders(drawn, traffic)
      const witness = startWitness({ port, senders, seed, connections: 4, mostEvents: 100 })
      while (witness.acknowledged.size < events) await sleep(20)
      await witness.drain()
      await collector.stop()
      return witness.acknowledged
    }
  },
}

/** How long a start that nobody disturbs takes from its first write until it is ready, in ms. */
async function upgradeCalmly(place: CollectorPlace, old: string): Promise<number> {
  putFile(old, place)
  const collector = startCollector(place)
  await hasBegun(collector, place)
  const start = performance.now()
  await collector.ready()
  const took = performance.now() - start
  await collector.stop()
  return took
}

/** Kills a start so many ms after its first write. Returns how far the file has come, which is looked up in a copy: whoever opens it mends it. */
async function killInUpgrade(place: CollectorPlace, afterMs: number): Promise<number> {
  const collector = startCollector(place)
  await hasBegun(collector, place)
  await sleep(afterMs)
  await collector.stop('SIGKILL')
  const look = { ...place, folder: join(place.folder, 'look') }
  mkdirSync(look.folder, { recursive: true })
  putFile(fileOf(place), look)
  return schemaOf(fileOf(look))
}

/** Resolves when the collector has written into the database's log, which it may find there. */
async function hasBegun(collector: Collector, place: CollectorPlace): Promise<void> {
  const size = (): number => statSync(`${fileOf(place)}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const before = size()
  let isOver = false
  void collector.ended.then(() => (isOver = true))
  const until = Date.now() + FIRST_WRITE_MS
  while (size() === before && !isOver && Date.now() < until) await sleep(1)
}

async function finish(place: CollectorPlace): Promise<void> {
  const collector = startCollector(place)
  await collector.ready()
  await collector.stop()
}

/** Puts a copy of a database file, with its log, where a collector looks for it. */
function putFile(file: string, place: CollectorPlace): void {
  rmSync(`${fileOf(place)}-stories`, { recursive: true, force: true })
  for (const part of ['', '-wal', '-shm']) {
    rmSync(fileOf(place) + part, { force: true })
    if (existsSync(file + part)) copyFileSync(file + part, fileOf(place) + part)
  }
}

function fileOf({ folder }: CollectorPlace): string {
  return join(folder, 'sojourn.db')
}
