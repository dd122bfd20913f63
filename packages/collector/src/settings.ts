import { parseDuration } from './definition/duration.ts'
import { isProxyRange } from './ingest/client-address.ts'
import type { TrustProxy } from './ingest/client-address.ts'
import { ADDRESS_MODES } from './ingest/keep-address.ts'
import type { AddressMode } from './ingest/keep-address.ts'
import type { CookieRenewal } from './ingest/renew-cookie.ts'
import { DEFAULT_CLIENT_RATE, DEFAULT_SOURCE_RATE } from './limit/rate-limits.ts'
import type { EventRate } from './limit/rate-limits.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A value as the collector uses it, or what to write instead. */
export type SettingValue<Value> = { readonly value: Value } | { readonly mend: string }

/** One setting: an environment variable that is also a flag of the command. */
export interface Setting<Value> {
  readonly variable: string
  /** Without its dashes. */
  readonly flag: string
  /** What stands for the value in the help; absent for a flag that takes none. */
  readonly placeholder?: string
  /** Its value is repeated nowhere. */
  readonly isSecret?: true
  /** As a text, as one would write it; absent where unset means something else than any value. */
  readonly default?: string
  readonly meaning: string
  readonly parse: (text: string) => SettingValue<Value>
}

function setting<Value>(definition: Setting<Value>): Setting<Value> {
  return definition
}

/** All settings there are. The help, `loadConfig` and docs/operating.md follow this table. */
export const SETTINGS = {
  host: setting<string>({
    variable: 'SOJOURN_HOST',
    flag: 'host',
    placeholder: 'ADDRESS',
    default: '127.0.0.1',
    meaning: 'Address to listen on. 0.0.0.0 listens on all; put a proxy that speaks https in front.',
    parse: (text) =>
      /^[\w.:%-]+$/.test(text) ? { value: text } : { mend: 'write an address such as 127.0.0.1 or ::' },
  }),
  port: setting<number>({
    variable: 'SOJOURN_PORT',
    flag: 'port',
    placeholder: 'PORT',
    default: '8686',
    meaning: 'Port to listen on. 0 takes any free one.',
    parse: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) <= 65_535
        ? { value: Number(text) }
        : { mend: 'write a whole number from 0 to 65535' },
  }),
  dbPath: setting<string>({
    variable: 'SOJOURN_DB',
    flag: 'db',
    placeholder: 'FILE',
    default: './data/sojourn.db',
    meaning: 'Database file. It and its folder are made at the first start.',
    parse: (text) => (text.includes('\0') ? { mend: 'write the path of a file' } : { value: text }),
  }),
  adminToken: setting<string>({
    variable: 'SOJOURN_ADMIN_TOKEN',
    flag: 'admin-token',
    placeholder: 'TOKEN',
    isSecret: true,
    meaning:
      'Token of the read API and the dashboard. If unset, one is made at the first start and printed once.',
    parse: parseToken,
  }),
  readToken: setting<string>({
    variable: 'SOJOURN_READ_TOKEN',
    flag: 'read-token',
    placeholder: 'TOKEN',
    isSecret: true,
    meaning:
      'Token that reads all and changes nothing. If unset, the dashboard or `sojourn token` can make one.',
    parse: parseToken,
  }),
  trustProxy: setting<TrustProxy>({
    variable: 'SOJOURN_TRUST_PROXY',
    flag: 'trust-proxy',
    placeholder: 'HOPS|RANGES',
    default: 'off',
    meaning:
      'Whose X-Forwarded-For to believe: a number of proxies, or their addresses and ranges with commas between.',
    parse: parseTrustProxy,
  }),
  logLevel: setting<LogLevel>({
    variable: 'SOJOURN_LOG_LEVEL',
    flag: 'log-level',
    placeholder: 'LEVEL',
    default: 'info',
    meaning: `Least important lines to log: ${LOG_LEVELS.join(', ')}.`,
    parse: (text) => oneOf(LOG_LEVELS, text),
  }),
  addressMode: setting<AddressMode>({
    variable: 'SOJOURN_IP',
    flag: 'ip',
    placeholder: 'MODE',
    default: 'truncate',
    meaning: 'What to store of visitors’ addresses: truncate (last part zeroed), keep, drop.',
    parse: (text) => oneOf(ADDRESS_MODES, text),
  }),
  geoPath: setting<string>({
    variable: 'SOJOURN_GEO',
    flag: 'geo',
    placeholder: 'FILE',
    meaning: 'MaxMind DB file (.mmdb) that tells country and city. If unset, places are not looked up.',
    parse: (text) => (text.includes('\0') ? { mend: 'write the path of a file' } : { value: text }),
  }),
  cookieRenewal: setting<CookieRenewal>({
    variable: 'SOJOURN_RENEW_COOKIE',
    flag: 'renew-cookie',
    placeholder: 'on|DOMAIN',
    default: 'off',
    meaning:
      'Renew the visitor cookie by answers, so that browsers keep it for 400 days: on, or the domain it is for where a proxy hides it.',
    parse: parseCookieRenewal,
  }),
  clientRate: setting<EventRate>({
    variable: 'SOJOURN_CLIENT_RATE',
    flag: 'client-rate',
    placeholder: 'EVENTS|off',
    default: String(DEFAULT_CLIENT_RATE),
    meaning:
      'Most events a second from one client address, ten times as many at once. Not for this machine itself.',
    parse: parseRate,
  }),
  sourceRate: setting<EventRate>({
    variable: 'SOJOURN_SOURCE_RATE',
    flag: 'source-rate',
    placeholder: 'EVENTS|off',
    default: String(DEFAULT_SOURCE_RATE),
    meaning: 'Most events a second for one source, ten times as many at once.',
    parse: parseRate,
  }),
  retentionMs: setting<number>({
    variable: 'SOJOURN_RETENTION',
    flag: 'retention',
    placeholder: 'DAYS',
    meaning:
      'How long to keep events, such as 400d. Sessions that are older as a whole go once a day. If unset, all are kept.',
    parse: parseRetention,
  }),
  demo: setting<boolean>({
    variable: 'SOJOURN_DEMO',
    flag: 'demo',
    default: 'false',
    meaning: 'Serve the demo site at /demo/, with three sources of its own.',
    parse: parseSwitch,
  }),
} as const

function oneOf<Value extends string>(values: readonly Value[], text: string): SettingValue<Value> {
  const value = values.find((known) => known === text.toLowerCase())
  return value === undefined ? { mend: `write one of ${values.join(', ')}` } : { value }
}

function parseToken(text: string): SettingValue<string> {
  return /^[!-~]{16,512}$/.test(text)
    ? { value: text }
    : { mend: 'write at least 16 characters without spaces, such as `openssl rand -hex 24` prints' }
}

function parseSwitch(text: string): SettingValue<boolean> {
  if (/^(1|true|yes|on)$/i.test(text)) return { value: true }
  if (/^(0|false|no|off)$/i.test(text)) return { value: false }
  return { mend: 'write true or false' }
}

function parseCookieRenewal(text: string): SettingValue<CookieRenewal> {
  const given = parseSwitch(text)
  if ('value' in given) return given
  return /^(?=.{4,253}$)([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/i.test(text)
    ? { value: text.toLowerCase() }
    : { mend: 'write on, off or a domain such as shop.example' }
}

function parseRetention(text: string): SettingValue<number> {
  return /^[1-9]\d{0,4}d$/.test(text)
    ? { value: parseDuration(text)! }
    : { mend: 'write a number of days such as 400d' }
}

function parseRate(text: string): SettingValue<EventRate> {
  if (/^(off|false|no)$/i.test(text)) return { value: false }
  return /^[1-9]\d{0,6}$/.test(text)
    ? { value: Number(text) }
    : { mend: 'write events a second, a whole number from 1 to 9999999, or off' }
}

function parseTrustProxy(text: string): SettingValue<TrustProxy> {
  if (/^(0|off|false|no)$/i.test(text)) return { value: false }
  if (/^\d{1,2}$/.test(text)) return { value: Number(text) }
  const ranges = text.split(',').map((range) => range.trim())
  // "true" is not taken: it would let every visitor write their own address.
  return ranges.every(isProxyRange)
    ? { value: ranges }
    : {
        mend: 'write off, a number of proxies such as 1, or addresses and ranges such as loopback, 10.0.0.0/8',
      }
}
