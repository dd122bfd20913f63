import type { BatchContext, PrivacySignals, UserAgentBrand, UserAgentData } from './event.ts'
import { MAX_DROPPED_EVENTS, MAX_NAME_CHARS } from './limits.ts'
import { field, isRecord, put, unlessEmpty } from './parse-fields.ts'
import type { Draft, UnknownRecord } from './parse-fields.ts'
import { toWellFormed } from './well-formed.ts'

const MAX_USER_AGENT_CHARS = 1_024
const MAX_BRANDS = 16

type Screen = NonNullable<BatchContext['screen']>
type Viewport = NonNullable<BatchContext['viewport']>
type App = NonNullable<BatchContext['app']>
type Sdk = NonNullable<BatchContext['sdk']>

/**
 * The context of a batch from an untrusted value. It describes the device and decides nothing, so a part that is missing or of the
 * wrong type is left out rather than costing the events; over-long texts are cut.
 */
export function parseContext(value: unknown): BatchContext {
  const context: Draft<BatchContext> = {}
  if (!isRecord(value)) return context
  put(context, 'userAgent', text(value, 'userAgent', MAX_USER_AGENT_CHARS))
  put(context, 'userAgentData', parseUserAgentData(part(value, 'userAgentData')))
  put(context, 'locale', text(value, 'locale', 64))
  put(context, 'timezone', text(value, 'timezone', 64))
  put(context, 'touch', flag(value, 'touch'))
  put(context, 'screen', parseScreen(part(value, 'screen')))
  put(context, 'viewport', parseViewport(part(value, 'viewport')))
  put(context, 'app', parseApp(part(value, 'app')))
  put(context, 'sdk', parseSdk(part(value, 'sdk')))
  put(context, 'automated', flag(value, 'automated'))
  put(context, 'privacy', parsePrivacy(part(value, 'privacy')))
  put(context, 'dropped', parseDropped(size(value, 'dropped')))
  return context
}

function parseUserAgentData(data: UnknownRecord): UserAgentData | undefined {
  const parsed: Draft<UserAgentData> = {}
  const brands = field(data, 'brands')
  put(parsed, 'platform', text(data, 'platform'))
  put(parsed, 'mobile', flag(data, 'mobile'))
  put(parsed, 'brands', Array.isArray(brands) ? brands.slice(0, MAX_BRANDS).flatMap(parseBrand) : undefined)
  put(parsed, 'platformVersion', text(data, 'platformVersion'))
  put(parsed, 'model', text(data, 'model'))
  return unlessEmpty(parsed)
}

function parseBrand(value: unknown): UserAgentBrand[] {
  if (!isRecord(value)) return []
  const brand = text(value, 'brand')
  return brand === undefined ? [] : [{ brand, version: text(value, 'version') ?? '' }]
}

function parseScreen(screen: UnknownRecord): Screen | undefined {
  const parsed: Draft<Screen> = {}
  put(parsed, 'width', size(screen, 'width'))
  put(parsed, 'height', size(screen, 'height'))
  put(parsed, 'density', size(screen, 'density'))
  put(parsed, 'colorDepth', size(screen, 'colorDepth'))
  put(parsed, 'orientation', text(screen, 'orientation', 32))
  return unlessEmpty(parsed)
}

function parseViewport(viewport: UnknownRecord): Viewport | undefined {
  const parsed: Draft<Viewport> = {}
  put(parsed, 'width', size(viewport, 'width'))
  put(parsed, 'height', size(viewport, 'height'))
  return unlessEmpty(parsed)
}

function parseApp(app: UnknownRecord): App | undefined {
  const parsed: Draft<App> = {}
  put(parsed, 'name', text(app, 'name'))
  put(parsed, 'version', text(app, 'version'))
  return unlessEmpty(parsed)
}

function parseSdk(sdk: UnknownRecord): Sdk | undefined {
  const parsed: Draft<Sdk> = {}
  put(parsed, 'name', text(sdk, 'name'))
  put(parsed, 'version', text(sdk, 'version'))
  put(parsed, 'timeoutMs', size(sdk, 'timeoutMs'))
  return unlessEmpty(parsed)
}

function parsePrivacy(privacy: UnknownRecord): PrivacySignals | undefined {
  const parsed: Draft<PrivacySignals> = {}
  put(parsed, 'gpc', flag(privacy, 'gpc'))
  put(parsed, 'dnt', flag(privacy, 'dnt'))
  return unlessEmpty(parsed)
}

function parseDropped(events: number | undefined): number | undefined {
  return events === undefined ? undefined : Math.min(Math.floor(events), MAX_DROPPED_EVENTS)
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
