import type { BatchContext, PrivacySignals, UserAgentBrand, UserAgentData } from './event.ts'
import { MAX_NAME_CHARS } from './limits.ts'
import { field, isRecord, present } from './parse-fields.ts'
import type { UnknownRecord } from './parse-fields.ts'
import { toWellFormed } from './well-formed.ts'

const MAX_USER_AGENT_CHARS = 1_024
const MAX_BRANDS = 16

/**
 * The context of a batch from an untrusted value. It describes the device and decides nothing, so a part that is missing or of the
 * wrong type is left out rather than costing the events; over-long texts are cut.
 */
export function parseContext(value: unknown): BatchContext {
  if (!isRecord(value)) return {}
  return (
    present<BatchContext>({
      userAgent: text(value, 'userAgent', MAX_USER_AGENT_CHARS),
      userAgentData: parseUserAgentData(part(value, 'userAgentData')),
      locale: text(value, 'locale', 64),
      timezone: text(value, 'timezone', 64),
      touch: flag(value, 'touch'),
      screen: parseScreen(part(value, 'screen')),
      viewport: parseViewport(part(value, 'viewport')),
      app: parseNamed(part(value, 'app')),
      sdk: parseSdk(part(value, 'sdk')),
      automated: flag(value, 'automated'),
      privacy: parsePrivacy(part(value, 'privacy')),
      dropped: size(value, 'dropped'),
    }) ?? {}
  )
}

function parseUserAgentData(data: UnknownRecord): UserAgentData | undefined {
  const brands = field(data, 'brands')
  return present<UserAgentData>({
    platform: text(data, 'platform'),
    mobile: flag(data, 'mobile'),
    brands: Array.isArray(brands) ? brands.slice(0, MAX_BRANDS).flatMap(parseBrand) : undefined,
    platformVersion: text(data, 'platformVersion'),
    model: text(data, 'model'),
  })
}

function parseBrand(value: unknown): UserAgentBrand[] {
  if (!isRecord(value)) return []
  const brand = text(value, 'brand')
  return brand === undefined ? [] : [{ brand, version: text(value, 'version') ?? '' }]
}

function parseScreen(screen: UnknownRecord): BatchContext['screen'] {
  return present<NonNullable<BatchContext['screen']>>({
    width: size(screen, 'width'),
    height: size(screen, 'height'),
    density: size(screen, 'density'),
    colorDepth: size(screen, 'colorDepth'),
    orientation: text(screen, 'orientation', 32),
  })
}

function parseViewport(viewport: UnknownRecord): BatchContext['viewport'] {
  return present<NonNullable<BatchContext['viewport']>>({
    width: size(viewport, 'width'),
    height: size(viewport, 'height'),
  })
}

function parseNamed(app: UnknownRecord): BatchContext['app'] {
  return present<NonNullable<BatchContext['app']>>({ name: text(app, 'name'), version: text(app, 'version') })
}

function parseSdk(sdk: UnknownRecord): BatchContext['sdk'] {
  return present<NonNullable<BatchContext['sdk']>>({
    name: text(sdk, 'name'),
    version: text(sdk, 'version'),
    timeoutMs: size(sdk, 'timeoutMs'),
  })
}

function parsePrivacy(privacy: UnknownRecord): PrivacySignals | undefined {
  return present<PrivacySignals>({ gpc: flag(privacy, 'gpc'), dnt: flag(privacy, 'dnt') })
}

function part(record: UnknownRecord, key: string): UnknownRecord {
  const value = field(record, key)
  return isRecord(value) ? value : {}
}

function text(record: UnknownRecord, key: string, maxChars = MAX_NAME_CHARS): string | undefined {
  const value = field(record, key)
  return typeof value === 'string' ? toWellFormed(value.slice(0, maxChars)) : undefined
}

function flag(record: UnknownRecord, key: string): boolean | undefined {
  const value = field(record, key)
  return typeof value === 'boolean' ? value : undefined
}

function size(record: UnknownRecord, key: string): number | undefined {
  const value = field(record, key)
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER
    ? value
    : undefined
}
