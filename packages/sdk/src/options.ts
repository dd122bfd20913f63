import { DEFAULT_MAX_LENGTH_MS, DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from '@sojourn/protocol'
import type { TrackerOptions } from './tracker.ts'

/** All options, checked, with their defaults. */
export type Config = Required<TrackerOptions>

/** The defaults of the core. The first two must be given; what stands here is an example. */
export const CORE_DEFAULTS = {
  writeKey: 'pk_…',
  endpoint: 'https://collect.example',
  timeout: DEFAULT_TIMEOUT_MS,
  maxLength: DEFAULT_MAX_LENGTH_MS,
  splitOnCampaign: false,
  endOnClose: false,
  consent: 'granted',
  respectPrivacySignals: false,
  cookieRenewal: false,
  batchDelay: 1_000,
  batchSize: 50,
  maxStoredEvents: 1_000,
  maxStoredBytes: 1_000_000,
  ignoreReferrers: [] as readonly string[],
  app: {},
  debug: false,
}

/** The defaults of everything. */
export const DEFAULTS = {
  ...CORE_DEFAULTS,
  autoPage: true,
  autoTrack: true,
  linkDomains: [] as readonly string[],
}

/**
 * The options with their defaults. Throws an Error that says what to write instead when an option is missing, unknown or of the
 * wrong type. Durations that are out of range are moved to the nearest in range.
 */
export function parseOptions(options: unknown, defaults: Readonly<Record<string, unknown>>): Config {
  const given = { writeKey: '', endpoint: '', ...(options as Partial<Config>) }
  const config: Record<string, unknown> = { ...defaults }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const example = defaults[name]
    if (kind(value) !== kind(example) || (name in ALLOWED && !ALLOWED[name]!.test(value as string)))
      throw new Error(
        `Sojourn: ${name} ${name in defaults ? `must be like ${JSON.stringify(example)}` : 'is no option'}`,
      )
    config[name] = value
  }
  config.timeout = Math.min(Math.max(config.timeout as number, MIN_TIMEOUT_MS), MAX_TIMEOUT_MS)
  config.maxLength = Math.max(config.maxLength as number, MIN_TIMEOUT_MS)
  return config as Config
}

/** Texts that are not free. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  writeKey: /./,
  endpoint: /^(https?:\/)?\//,
  consent: /^(granted|required)$/,
}

/** What kind of value it is, so that two of a kind are equal. A negative number or NaN is none. */
function kind(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return typeof value === 'number' ? value >= 0 || value : value === null || typeof value
}
