import { parseArgs } from 'node:util'

/** What one run of the bench does. */
export interface BenchOptions {
  /** How many stored events it ends with, at the least. */
  readonly events: number
  readonly rounds: number
  /** Also writes the figures here, as JSON. */
  readonly json?: string
  /** The folder in which the work folder is made. */
  readonly folder?: string
}

const USAGE = 'npm run bench -- [--events 10m] [--rounds 3] [--json FILE] [--folder DIRECTORY]'

/** Parses the arguments. Throws an `Error` that says how they are written. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      events: { type: 'string', default: '1m' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'string' },
      folder: { type: 'string' },
    },
  })
  const events = parseCount(values.events)
  const rounds = parseCount(values.rounds)
  if (events === undefined || rounds === undefined) throw new Error(`Usage: ${USAGE}`)
  return {
    events,
    rounds,
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
  }
}

/** A whole number above 0, in figures or with `k` or `m` behind: `10m` is ten million. Undefined for anything else. */
export function parseCount(text: string): number | undefined {
  const found = /^([1-9]\d*)([km]?)$/i.exec(text)
  if (found === null) return undefined
  return Number(found[1]) * { '': 1, k: 1_000, m: 1_000_000 }[found[2]!.toLowerCase() as '' | 'k' | 'm']
}
