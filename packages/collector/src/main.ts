import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { cliHelp } from './cli-help.ts'
import { CannotStart } from './collector.ts'
import { ConfigError, loadProcessConfig } from './config.ts'
import { startService } from './serve.ts'
import { startMessage } from './start-message.ts'
import { onStopSignals } from './stop-signals.ts'
import { CannotOpenStore } from './store/sqlite/cannot-open-store.ts'

await main(process.argv.slice(2))

/** Runs the command. What the operator can mend is a sentence on stderr and exit code 1. */
async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(cliHelp())
  if (command === '--version') return void process.stdout.write(`${version()}\n`)
  if (command !== 'serve') {
    const problem =
      command === undefined
        ? 'No command given.'
        : `There is no command ${JSON.stringify(command.slice(0, 80))}.`
    return giveUp(`${problem} Try: sojourn serve, or sojourn --help.`)
  }
  try {
    await serve(rest)
  } catch (error) {
    const isMendable =
      error instanceof ConfigError || error instanceof CannotStart || error instanceof CannotOpenStore
    if (!isMendable) throw error
    giveUp(error.message)
  }
}

async function serve(args: readonly string[]): Promise<void> {
  const config = loadProcessConfig(args)
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
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
