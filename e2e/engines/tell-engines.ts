import { findEngines } from './find-engines.ts'

/** Vitest's global set-up: says once, before anything runs, which engines are used and which are missing. */
export function setup(): void {
  const { engines, missing } = findEngines(process.env)
  process.stdout.write(`Engines: ${engines.map(({ name }) => name).join(', ')}\n`)
  for (const sentence of missing) process.stdout.write(`${sentence}\n`)
}
