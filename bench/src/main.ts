// `npm run bench`: measures one collector, from nearly empty to full, and prints what it measured.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatTable, isKept } from './figure.ts'
import type { Figure } from './figure.ts'
import { startLoad } from './load/load.ts'
import { measureCapacity } from './measures/capacity.ts'
import { measureFootprint } from './measures/footprint.ts'
import { fillUp, growthFigures, measureRate } from './measures/growth.ts'
import { measureLatency } from './measures/latency.ts'
import { measureReads } from './measures/reads.ts'
import { measureRebuild } from './measures/rebuild.ts'
import { measureUpkeep } from './measures/upkeep.ts'
import { measureWhatIf } from './measures/what-if.ts'
import type { World } from './measures/world.ts'
import { parseBenchOptions } from './options.ts'
import { startWithSource, WRITE_KEY } from './process/collector.ts'
import { freePort } from './process/free-port.ts'
import { describeMachine, machineLine } from './process/machine.ts'
import { countStoredEvents } from './process/stored-events.ts'
import { createWorkFolder, exitOnSignals } from './process/work-folder.ts'

/** The smallest size that anything is measured at. */
const SMALL = 100_000
/** What the other measures store beside that, at the most. */
const MEASURED = 3_000_000
const LIVE_VISITS = 3_000
/** So many events happen in an hour of the visits' time, at the least. */
const EVENTS_AN_HOUR = 250_000

const options = parseBenchOptions(process.argv.slice(2))
const machine = describeMachine()
exitOnSignals()
const folder = createWorkFolder(options.folder)
const collector = await startWithSource({ folder, port: await freePort() })
// The visits end about now, so that all events are in the past and the last sessions still go on.
const startAt = Date.now() - ((options.events + MEASURED) / EVENTS_AN_HOUR) * 3_600_000

const load = await startLoad(1, { liveVisits: LIVE_VISITS, startAt: Math.floor(startAt) }, WRITE_KEY)
const world: World = {
  collector,
  file: join(folder, 'sojourn.db'),
  load,
  rounds: options.rounds,
  say: (line) => process.stderr.write(`${line}\n`),
}

const figures: Figure[] = []
let stored = await fillUp(world, 0, SMALL)
figures.push(...measureFootprint(world, stored))
const small = { events: stored, rowsPerSecond: await measureRate(world) }
const { capacity, figures: capacityFigures } = await measureCapacity(world)
figures.push(...capacityFigures, ...(await measureLatency(world, capacity)))
stored = await fillUp(world, countStoredEvents(world.file), options.events)
const large = { events: stored, rowsPerSecond: await measureRate(world) }
figures.push(...growthFigures(small, large))
figures.push(
  ...(await measureReads(world, capacity)),
  // First, while no other definition has to be kept up to date.
  ...(await measureUpkeep(world)),
  ...(await measureWhatIf(world)),
  ...(await measureRebuild(world)),
  ...measureFootprint(world, countStoredEvents(world.file)),
)

load.stop()
await collector.stop()
console.log(`\n${machineLine(machine)}\n\n${formatTable(figures)}`)
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ machine, options, figures }, undefined, 2)}\n`)
process.exitCode = figures.some((figure) => isKept(figure) === false) ? 1 : 0
