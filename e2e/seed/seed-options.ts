import { parseArgs } from 'node:util'

/** Where the seed goes, and how much of it. */
export interface SeedOptions {
  /** A collector that runs, or the database file of one that does not. */
  readonly target:
    | { readonly kind: 'running'; readonly url: string; readonly token: string }
    | { readonly kind: 'file'; readonly path: string }
  readonly events: number
  readonly until: number
}

/** How to call it. */
export const USAGE = `Usage: npm run seed -- --url http://127.0.0.1:8686 --token TOKEN [--events 100k] [--until 2024-06-30]
       npm run seed -- --db ./data/sojourn.db [--events 100k] [--until 2024-06-30]

Fills a collector with a realistic month: three sites, people on several devices, campaigns, goals. The same options send the same
events, so a second run stores nothing twice. Without --until the month ends now, rounded down to the hour.`

const DEFAULT_EVENTS = 100_000
const MOST_EVENTS = 10_000_000
const HOUR_MS = 3_600_000

/** Reads the arguments; a text says what is wrong with them. */
export function parseSeedOptions(args: readonly string[], now: number): SeedOptions | string {
  let values: { url?: string; token?: string; db?: string; events?: string; until?: string }
  try {
    const option = { type: 'string' } as const
    ;({ values } = parseArgs({
      args: [...args],
      options: { url: option, token: option, db: option, events: option, until: option },
    }))
  } catch (error) {
    return (error as Error).message
  }
  const { url, token, db, events: amount = String(DEFAULT_EVENTS), until } = values
  const events = count(amount)
  if (events === undefined)
    return `--events must be a number up to ${MOST_EVENTS}, such as 100k, not ${amount}.`
  const end = until === undefined ? Math.floor(now / HOUR_MS) * HOUR_MS : Date.parse(until)
  if (Number.isNaN(end)) return `--until must be a time such as 2024-06-30, not ${until}.`
  if (db !== undefined && url === undefined) return { target: { kind: 'file', path: db }, events, until: end }
  if (url === undefined || db !== undefined) return 'Name one place: --url or --db.'
  if (token === undefined) return '--url needs the --token of an admin.'
  return { target: { kind: 'running', url: url.replace(/\/+$/, ''), token }, events, until: end }
}

function count(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)([km]?)$/i.exec(text)
  if (!parts) return undefined
  const value = Math.round(Number(parts[1]) * { '': 1, k: 1_000, m: 1_000_000 }[parts[2]!.toLowerCase()]!)
  return value >= 1 && value <= MOST_EVENTS ? value : undefined
}
