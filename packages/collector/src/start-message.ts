import { resolve } from 'node:path'
import type { Config } from './config.ts'
import type { Service } from './serve.ts'

/** What `sojourn serve` prints once it listens: where to look first. The only place that ever shows a token. */
export function startMessage(config: Config, { url, collector }: Service): string {
  const source = collector.sources.all()[0]
  const lines = [
    ...(config.demo ? [['Demo site', `${url}/demo/`]] : []),
    ['Dashboard', dashboardLine(config, url, collector.madeAdminToken)],
    ['Snippet', source ? snippet(url, source.writeKey) : 'make a source first: see the dashboard'],
    ['Database', resolve(config.dbPath)],
  ]
  const table = lines.map(([name = '', text]) => `  ${name.padEnd(10)} ${text}`).join('\n')
  return `\nSojourn collects at ${url}\n\n${table}\n\nStop it with Ctrl+C.\n`
}

function dashboardLine(config: Config, url: string, madeToken: string | undefined): string {
  // In the fragment, which browsers keep to themselves: it reaches no log and no proxy.
  if (madeToken !== undefined) return `${url}/#token=${madeToken}  (logs you in; shown only this once)`
  if (config.adminToken !== undefined) return `${url}/  (log in with SOJOURN_ADMIN_TOKEN)`
  return `${url}/  (log in with the admin token; lost it? Run: sojourn token rotate)`
}

function snippet(url: string, writeKey: string): string {
  return `<script async src="${url}/sojourn.js" data-write-key="${writeKey}"></script>`
}
