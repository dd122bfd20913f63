import { existsSync, statSync } from 'node:fs'
import type { Figure } from '../figure.ts'
import { readMemory } from '../process/thread-cpu.ts'
import type { World } from './world.ts'

/** Bytes on disk per stored event, sessions and indexes and the log among them, and the collector's memory. */
export function measureFootprint(world: World, storedEvents: number): Figure[] {
  const bytes = [world.file, `${world.file}-wal`]
    .filter((path) => existsSync(path))
    .reduce((sum, path) => sum + statSync(path).size, 0)
  const memory = readMemory(world.collector.pid)
  const at = `at ${(storedEvents / 1e6).toPrecision(2)} M events`
  return [
    { name: `bytes on disk per event, ${at}`, value: bytes / storedEvents, unit: 'B' },
    {
      name: `memory of the collector, ${at}`,
      value: memory.now / 2 ** 20,
      unit: 'MiB',
      promise: { atMost: 250 },
      note: `most so far ${Math.round(memory.peak / 2 ** 20)} MiB`,
    },
  ]
}
