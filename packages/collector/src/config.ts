import { parseArgs } from 'node:util'
import type { TrustProxy } from './ingest/client-address.ts'
import type { AddressMode } from './ingest/keep-address.ts'
import type { CookieRenewal } from './ingest/renew-cookie.ts'
import type { EventRate } from './limit/rate-limits.ts'
import { SETTINGS } from './settings.ts'
import type { LogLevel, Setting } from './settings.ts'

/** The settings of a service, parsed. What each means stands in `SETTINGS`. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dbPath: string
  readonly adminToken?: string
  readonly readToken?: string
  readonly trustProxy: TrustProxy
  readonly logLevel: LogLevel
  readonly addressMode: AddressMode
  readonly geoPath?: string
  readonly cookieRenewal: CookieRenewal
  readonly clientRate: EventRate
  readonly sourceRate: EventRate
  /** In ms; absent: all events are kept. */
  readonly retentionMs?: number
  readonly demo: boolean
}

/** Settings that cannot be used. The message lists every problem and how to mend it, one a line. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}

type Environment = Readonly<Record<string, string | undefined>>
interface Given {
  readonly text: string
  /** How the user named it: `SOJOURN_PORT` or `--port`. */
  readonly name: string
}

/** Settings from the environment and the command's flags; a flag wins. Pure. Throws `ConfigError`. */
export function loadConfig(env: Environment, args: readonly string[]): Config {
  const problems: string[] = []
  const flags = readFlags(args, problems)
  const entries = Object.entries(SETTINGS as Readonly<Record<string, Setting<unknown>>>).flatMap(
    ([key, setting]) => {
      const value = readSetting(setting, given(setting, env, flags), problems)
      return value === undefined ? [] : [[key, value] as const]
    },
  )
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.fromEntries(entries) as unknown as Config
}

/** `loadConfig` of this process's environment, which nothing else reads. Throws `ConfigError`. */
export function loadProcessConfig(args: readonly string[]): Config {
  return loadConfig(process.env, args)
}

function given(
  setting: Setting<unknown>,
  env: Environment,
  flags: ReadonlyMap<string, string>,
): Given | undefined {
  const flag = flags.get(setting.flag)
  if (flag !== undefined) return { text: flag, name: `--${setting.flag}` }
  // Compose files pass variables that are not set as empty texts.
  const variable = env[setting.variable]?.trim()
  return variable ? { text: variable, name: setting.variable } : undefined
}

function readSetting(setting: Setting<unknown>, found: Given | undefined, problems: string[]): unknown {
  const text = found?.text ?? setting.default
  if (text === undefined) return undefined
  const parsed = setting.parse(text)
  if ('value' in parsed) return parsed.value
  problems.push(
    `${found?.name ?? setting.variable}${setting.isSecret ? '' : `=${shown(text)}`}: ${parsed.mend}.`,
  )
  return undefined
}

function readFlags(args: readonly string[], problems: string[]): ReadonlyMap<string, string> {
  const known = new Map(
    Object.values(SETTINGS as Record<string, Setting<unknown>>).map((one) => [one.flag, one]),
  )
  const options = Object.fromEntries(
    [...known].map(([flag, setting]) => [
      flag,
      { type: setting.placeholder ? 'string' : 'boolean' } as const,
    ]),
  )
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowNegative: false,
    tokens: true,
  })
  const flags = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind === 'positional')
      problems.push(`${shown(token.value)} is not understood here; see sojourn --help.`)
    if (token.kind !== 'option') continue
    const setting = known.get(token.name)
    if (!setting) problems.push(`${shown(token.rawName)} is no flag of sojourn; see sojourn --help.`)
    else if (!setting.placeholder) flags.set(token.name, token.value ?? 'true')
    else if (token.value) flags.set(token.name, token.value)
    else problems.push(`--${token.name} needs a value: --${token.name} ${setting.placeholder}.`)
  }
  return flags
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
