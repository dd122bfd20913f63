import { attempt } from './attempt.ts'
import { DEFAULT_MAX_LENGTH_MS, DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from '@sojourn/protocol'
import type { TrackerOptions } from './tracker.ts'

/** All options, checked, with their defaults. */
export type Config = {
  -readonly [Name in keyof TrackerOptions]-?: Name extends 'consent' ? string : Required<TrackerOptions>[Name]
}

/** The defaults of the core without parts. The first two must be given; what stands here is an example. */
export const CORE_DEFAULTS = {
  writeKey: 'pk_…',
  endpoint: 'https://collect.example',
  timeout: DEFAULT_TIMEOUT_MS,
  maxLength: DEFAULT_MAX_LENGTH_MS,
  batchDelay: 1_000,
  batchSize: 50,
  maxStoredEvents: 1_000,
  maxStoredBytes: 1_000_000,
}

/** The defaults of everything. */
export const DEFAULTS = {
  ...CORE_DEFAULTS,
  splitOnCampaign: false,
  endOnClose: false,
  consent: 'granted',
  respectPrivacySignals: false,
  cookieRenewal: false,
  ignoreReferrers: [] as readonly string[],
  app: {},
  debug: false,
  autoPage: true,
  autoTrack: true,
  linkDomains: [] as readonly string[],
}

/** What a text says, where it is none of what is asked for: JSON, an empty one true, or a list with commas or spaces, as in attributes of the script tag. */
export const readTexts = (value: string): readonly unknown[] => [
  attempt(() => value === '' || JSON.parse(value)),
  value?.split?.(/[\s,]+/),
]

/**
 * The options with their defaults; each counts for what it is, or else for the first of its readings that fits. Throws an Error that says what to write instead
 * when an option is missing, unknown or of the wrong type.
 * A timeout that is out of range is moved to the nearest in range.
 */
export const parseOptions = (
  options: unknown,
  defaults: Readonly<Record<string, unknown>>,
  readings?: (value: string) => readonly unknown[],
): Config => {
  const config: Record<string, unknown> = { ...defaults, writeKey: '', endpoint: '', ...(options as object) }
  for (const name in config) {
    const example = defaults[name]
    const value = (config[name] ?? example) as string
    const isMeant = (meant: unknown): boolean => kind(meant) === kind(example)
    config[name] = isMeant(value) ? value : readings?.(value).find(isMeant)
    if (config[name] === undefined)
      throw new Error(`Sojourn: ${name} must be like ${JSON.stringify(example)}`)
  }
  config.timeout = Math.min(Math.max(config.timeout as number, MIN_TIMEOUT_MS), MAX_TIMEOUT_MS)
  return config as unknown as Config
}

/** Consent, addresses, other texts, flags, numbers that are not negative, lists of texts, and objects, as JSON. */
const KINDS = /^(?:("granted"|"required")|("(?:https?:\/)?\/)|("[^"])|(t|f)|(\d)|(\[["\]])|({))/

/** What kind of value it is, so that two of a kind are equal. */
const kind = (value: unknown): unknown =>
  KINDS.exec(JSON.stringify(value))?.findIndex((part, i) => i && part) ?? value
