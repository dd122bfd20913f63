import { dirname, join } from 'node:path'
import type { Figure } from '../figure.ts'
import type { LoadResult } from '../load/drive.ts'
import { startLoad } from '../load/load.ts'
import type { Load } from '../load/load.ts'
import { median } from '../load/percentile.ts'
import { WRITE_KEY } from '../process/collector.ts'
import { cpuBetween, readThreadCpu } from '../process/thread-cpu.ts'
import type { CpuUse } from '../process/thread-cpu.ts'
import { countStoredEvents } from '../process/stored-events.ts'
import { createAppendBaseline } from './append-baseline.ts'
import { checkLoad } from './check-load.ts'
import { startExpress } from './express-baseline.ts'
import { BATCH_CONNECTIONS, BATCH_EVENTS, SINGLE_CONNECTIONS } from './world.ts'
import type { Capacity, World } from './world.ts'

const BATCHES_A_ROUND = 4_000
const SINGLES_A_ROUND = 30_000
const WARM_UP = 5_000
const DAY_MS = 86_400_000

interface Round {
  readonly ours: LoadResult
  readonly cpu: CpuUse
  readonly baseline: number
}

/**
 * What the collector takes at most, in batches and in single events, against the two baselines. Rounds of ours and of the baseline take turns,
 * so that a busy moment of the machine hits both; each ratio is of two neighbouring rounds.
 */
export async function measureCapacity(world: World): Promise<{ capacity: Capacity; figures: Figure[] }> {
  const batches = await measureBatches(world)
  const singles = await measureSingles(world)
  const batchesPerSecond = median(batches.map(({ ours }) => ours.requests / ours.seconds))
  const singlesPerSecond = median(singles.map(({ ours }) => ours.requests / ours.seconds))
  return {
    capacity: { batchesPerSecond, singlesPerSecond },
    figures: [
      {
        name: `durable rows, batches of ${BATCH_EVENTS}`,
        value: median(batches.map(rowsPerSecond)),
        unit: 'rows/s',
        note: spread(batches.map(rowsPerSecond)),
      },
      {
        name: 'bare appends of the same rows',
        value: median(batches.map(({ baseline }) => baseline)),
        unit: 'rows/s',
      },
      {
        name: 'batches against bare appends',
        value: median(batches.map((round) => rowsPerSecond(round) / round.baseline)),
        unit: '',
        promise: { atLeast: 0.6 },
      },
      {
        name: 'single-event requests, durable',
        value: singlesPerSecond,
        unit: 'requests/s',
        note: spread(singles.map(({ ours }) => ours.requests / ours.seconds)),
      },
      {
        name: 'Express that parses and stores nothing',
        value: median(singles.map(({ baseline }) => baseline)),
        unit: 'requests/s',
      },
      {
        name: 'singles against Express',
        value: median(singles.map(({ ours, baseline }) => ours.requests / ours.seconds / baseline)),
        unit: '',
        promise: { atLeast: 0.9 },
      },
      ...cpuFigures('batches', batches, BATCH_EVENTS),
      ...cpuFigures('singles', singles, 1),
    ],
  }
}

async function measureBatches(world: World): Promise<Round[]> {
  const baseline = createAppendBaseline(world.file, join(dirname(world.file), 'baseline.db'))
  const rounds: Round[] = []
  baseline.append(0, WARM_UP)
  for (let i = 0; i < world.rounds; i++) {
    await world.load.prepare(BATCHES_A_ROUND, BATCH_EVENTS)
    const before = countStoredEvents(world.file)
    const { result: ours, cpu } = await loadCollector(world, BATCH_CONNECTIONS)
    checkLoad(ours, BATCH_EVENTS)
    const appended = baseline.append(before, ours.accepted)
    if (appended.rows !== ours.accepted)
      throw new Error(`${ours.accepted} rows were accepted, and ${appended.rows} are in the file`)
    const round = { ours, cpu, baseline: appended.rowsPerSecond }
    world.say(
      `batches ${i + 1}: ${Math.round(rowsPerSecond(round))} rows/s; bare ${Math.round(round.baseline)}`,
    )
    rounds.push(round)
  }
  baseline.close()
  return rounds
}

async function measureSingles(world: World): Promise<Round[]> {
  const express = await startExpress()
  const rounds: Round[] = []
  // Events of its own, or else a retry could come to us of an event that only Express has seen.
  const theirLoad = await startLoad(2, { liveVisits: 3_000, startAt: Date.now() - DAY_MS }, WRITE_KEY)
  const drive = async (load: Load, port: number, requests: number): Promise<LoadResult> => {
    await load.prepare(requests, 1)
    return load.drive({ port, connections: SINGLE_CONNECTIONS })
  }
  await drive(theirLoad, express.port, WARM_UP)
  checkLoad(await drive(world.load, world.collector.port, WARM_UP), 1)
  for (let i = 0; i < world.rounds; i++) {
    await world.load.prepare(SINGLES_A_ROUND, 1)
    const { result: ours, cpu } = await loadCollector(world, SINGLE_CONNECTIONS)
    checkLoad(ours, 1)
    const theirs = await drive(theirLoad, express.port, SINGLES_A_ROUND)
    const round = { ours, cpu, baseline: theirs.requests / theirs.seconds }
    world.say(
      `singles ${i + 1}: ${Math.round(rowsPerSecond(round))} requests/s; Express ${Math.round(round.baseline)}`,
    )
    rounds.push(round)
  }
  theirLoad.stop()
  express.stop()
  return rounds
}

async function loadCollector(
  world: World,
  connections: number,
): Promise<{ result: LoadResult; cpu: CpuUse }> {
  const { pid, port } = world.collector
  const before = readThreadCpu(pid)
  const result = await world.load.drive({ port, connections })
  return { result, cpu: cpuBetween(pid, before, readThreadCpu(pid)) }
}

function rowsPerSecond({ ours }: Round): number {
  return ours.accepted / ours.seconds
}

/** CPU per event, in µs, of the collector's first thread, of its busiest other one, of the rest, and of the client. */
function cpuFigures(name: string, rounds: readonly Round[], batchEvents: number): Figure[] {
  const perEvent = (seconds: (round: Round) => number): number =>
    median(rounds.map((round) => (seconds(round) * 1e6) / (round.ours.requests * batchEvents)))
  const figure = (what: string, seconds: (round: Round) => number): Figure => ({
    name: `CPU per event, ${name}, ${what}`,
    value: perEvent(seconds),
    unit: 'µs',
  })
  return [
    figure('HTTP thread', ({ cpu }) => cpu.main),
    figure('busiest other thread', ({ cpu }) => cpu.others[0] ?? 0),
    figure('all other threads', ({ cpu }) => cpu.others.slice(1).reduce((sum, seconds) => sum + seconds, 0)),
    figure('load client', ({ ours }) => ours.clientCpuSeconds),
  ]
}

function spread(values: readonly number[]): string {
  return `rounds from ${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))}`
}
