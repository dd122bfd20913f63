import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseTokenWish, rotateToken } from './access/token-command.ts'
import { cliHelp } from './cli-help.ts'
import { CannotStart } from './collector.ts'
import { ConfigError, loadProcessConfig } from './config.ts'
import { exportText, parseExportWish } from './import/export-command.ts'
import { runImport } from './import/import-command.ts'
import { CannotImport } from './import/import-sources.ts'
import { parseImportWish } from './import/import-wish.ts'
import { openLog } from './open-log.ts'
import { startService } from './serve.ts'
import { startMessage } from './start-message.ts'
import { onStopSignals } from './stop-signals.ts'
import { NoSuchDefinition } from './store/kept-definition.ts'
import { CannotOpenStore } from './store/sqlite/cannot-open-store.ts'
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts'
import { CannotCopy } from './upkeep/cannot-copy.ts'
import { parseCopyWish, runBackup, runRestore, runVerify } from './upkeep/upkeep-commands.ts'

const COMMANDS = new Map<string, (args: readonly string[]) => Promise<void> | void>([
  ['serve', serve],
  ['token', token],
  ['import', importEvents],
  ['export', exportData],
  ['backup', backup],
  ['restore', putBack],
  ['verify', verify],
])

await main(process.argv.slice(2))

/** Runs the command. What the operator can mend is a sentence on stderr and exit code 1. */
async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(cliHelp())
  if (command === '--version') return void process.stdout.write(`${version()}\n`)
  const run = COMMANDS.get(command ?? '')
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
      error instanceof ConfigError ||
      error instanceof CannotStart ||
      error instanceof CannotOpenStore ||
      error instanceof CannotImport ||
      error instanceof CannotCopy ||
      error instanceof NoSuchDefinition
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

async function importEvents(args: readonly string[]): Promise<void> {
  const { wish, rest } = parseImportWish(args)
  if ('mend' in wish) return giveUp(wish.mend)
  const config = loadProcessConfig(rest)
  const store = openSqliteStore({ path: config.dbPath })
  try {
    const screen = {
      isTerminal: process.stderr.isTTY,
      write: (text: string) => void process.stderr.write(text),
    }
    await runImport(wish, config, { store, screen })
  } finally {
    await store.close()
  }
}

async function exportData(args: readonly string[]): Promise<void> {
  const { wish, rest } = parseExportWish(args)
  if ('mend' in wish) return giveUp(wish.mend)
  const store = openSqliteStore({ path: loadProcessConfig(rest).dbPath, mustExist: true })
  // `pipeline` lets go of the stream with its first error, and there may be a second one.
  process.stdout.on('error', () => {})
  try {
    await pipeline(Readable.from(exportText(wish, store)), process.stdout)
  } catch (error) {
    if (!isReaderGone(error)) throw error
  } finally {
    await store.close()
  }
}

/** True when who read the output has enough of it, such as `head`. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

async function backup(args: readonly string[]): Promise<void> {
  const { wish, rest } = parseCopyWish('backup', args)
  if ('mend' in wish) return giveUp(wish.mend)
  process.stdout.write(await runBackup(wish.file, loadProcessConfig(rest)))
}

async function putBack(args: readonly string[]): Promise<void> {
  const { wish, rest } = parseCopyWish('restore', args)
  if ('mend' in wish) return giveUp(wish.mend)
  process.stdout.write(await runRestore(wish, loadProcessConfig(rest), new Date()))
}

function verify(args: readonly string[]): void {
  const { text, sound } = runVerify(loadProcessConfig(args))
  process.stdout.write(text)
  if (!sound) process.exitCode = 1
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
