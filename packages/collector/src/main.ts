import { readFileSync } from 'node:fs'
import { parseTokenWish, rotateToken } from './access/token-command.ts'
import { cliHelp } from './cli-help.ts'
import { CannotStart } from './collector.ts'
import { ConfigError, loadProcessConfig } from './config.ts'
import { openLog } from './open-log.ts'
import { startService } from './serve.ts'
import { startMessage } from './start-message.ts'
import { onStopSignals } from './stop-signals.ts'
import { CannotOpenStore } from './store/sqlite/cannot-open-store.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'

await main(process.argv.slice(2))

/** Runs the command. What the operator can mend is a sentence on stderr and exit code 1. */
async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(cliHelp())
  if (command === '--version') return void process.stdout.write(`${version()}\n`)
  const run = command === 'serve' ? serve : command === 'token' ? token : undefined
  if (!run) {
    const problem =
      command === undefined
        ? 'No command given.'
        : `There is no command ${JSON.stringify(command.slice(0, 80))}.`
    return giveUp(`${problem} Try: sojourn serve, or sojourn --help.`)
  }
  try {
    await run(rest)
  } catch (error) {
    const isMendable =
      error instanceof ConfigError || error instanceof CannotStart || error instanceof CannotOpenStore
    if (!isMendable) throw error
    giveUp(error.message)
  }
}

async function serve(args: readonly string[]): Promise<void> {
  const config = loadProcessConfig(args)
  const log = openLog(config.logLevel)
  const service = await startService(config, log)
  log.info({ url: service.url, version: version() }, 'started')
  process.stdout.write(startMessage(config, service))
  onStopSignals(async (signal) => {
    log.info({ signal }, 'stopping')
    await service.close()
    log.info('stopped')
    process.exit(0)
  })
}

async function token(args: readonly string[]): Promise<void> {
  const { wish, rest } = parseTokenWish(args)
  if ('mend' in wish) return giveUp(wish.mend)
  const config = loadProcessConfig(rest)
  const store = openSqliteStore({ path: config.dbPath })
  try {
    const made = await rotateToken(store, wish.role, { admin: config.adminToken, read: config.readToken })
    if (made === undefined)
      return giveUp(`The token is set by SOJOURN_${wish.role.toUpperCase()}_TOKEN. Change it there.`)
    process.stdout.write(made)
  } finally {
    await store.close()
  }
}

function giveUp(sentence: string): void {
  process.stderr.write(`sojourn: ${sentence}\n`)
  process.exitCode = 1
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}
