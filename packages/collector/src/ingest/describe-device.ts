import type { BatchContext, SessionObject, UserAgentData } from '@sojourn/protocol'
import { parseUserAgent, shortVersion } from './parse-user-agent.ts'
import type { ParsedUserAgent } from './parse-user-agent.ts'

/** What a sender's context says of its device, named as in the session object. `ip` and `geo` are not among it. */
export interface DeviceDescription {
  /** `type` is `desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable` or `embedded`; absent for servers. */
  readonly device: NonNullable<SessionObject['device']>
  readonly os?: NonNullable<SessionObject['os']>
  /** `type` is `browser`; `app` for other software with a screen; `server` for the rest. */
  readonly app: NonNullable<SessionObject['app']>
}

/** These brands name no product: every Chromium names itself, and a made-up brand keeps parsers honest (GREASE). */
const GENERIC_BRAND = /^(chromium|google chrome|headlesschrome|.*not.*brand.*)$/i

/**
 * Device, operating system and app from the user agent, corrected by the client hints: browsers freeze the agent
 * (Windows stays 10.0, the phone's model is "K") and tell the truth in `userAgentData`. A pure function of its argument; never throws.
 */
export function describeDevice(sender: BatchContext): DeviceDescription {
  const hints = sender.userAgentData ?? {}
  const agent = parseUserAgent(unfrozen(sender.userAgent ?? '', hints))
  const browser = describeBrowser(agent, hints)
  const screen = sender.screen
  const isPad = isDisguisedPad(agent, sender)
  const os = isPad ? { name: 'iPadOS' } : describeOs(agent, hints)
  const type = isPad ? 'tablet' : deviceType(agent, hints, browser.name !== undefined)
  return {
    device: defined({
      type,
      brand: isPad ? 'Apple' : agent.brand,
      model: isPad ? 'iPad' : hints.model || agent.model,
      touch: sender.touch,
      resolution: pixels(screen),
      colorDepth: screen?.colorDepth,
      orientation: screen?.orientation,
    }),
    ...(os && { os }),
    app: {
      ...defined({
        type: browser.name ? 'browser' : screen ? 'app' : 'server',
        name: browser.name ?? sender.app?.name,
        version: browser.name ? browser.version : sender.app?.version,
        language: sender.locale,
        resolution: pixels(sender.viewport),
      }),
      bot: agent.bot || sender.automated === true || isHeadless(hints),
    },
  }
}

/** The agent with the true Android version and model put back, so that the parser finds the brand too. */
function unfrozen(userAgent: string, hints: UserAgentData): string {
  if (!hints.model || !userAgent.includes('Android 10; K')) return userAgent
  const version = shortVersion(hints.platformVersion) ?? '10'
  return userAgent.replace('Android 10; K', () => `Android ${version}; ${hints.model}`)
}

/** An iPad asks for desktop sites by claiming to be a Mac, but no Mac has a touch screen and no iPad sends client hints. */
function isDisguisedPad(agent: ParsedUserAgent, sender: BatchContext): boolean {
  return agent.osName === 'macOS' && sender.touch === true && sender.userAgentData?.platform === undefined
}

function deviceType(agent: ParsedUserAgent, hints: UserAgentData, isBrowser: boolean): string | undefined {
  if (agent.deviceType !== undefined) return agent.deviceType
  if (hints.mobile === true) return 'mobile'
  // A tablet that asks for the desktop site drops "Android" from its agent, but not from its hints.
  if (hints.platform === 'Android') return 'tablet'
  return isBrowser ? 'desktop' : undefined
}

function describeOs(agent: ParsedUserAgent, hints: UserAgentData): SessionObject['os'] {
  const hinted = hints.platform && hints.platform !== 'Unknown' ? hints.platform : undefined
  const name = hinted ?? agent.osName
  if (!name) return undefined
  const own = agent.osName === undefined || hinted === undefined || hinted === agent.osName
  const version =
    (name === 'Windows' ? windowsVersion(hints.platformVersion) : shortVersion(hints.platformVersion)) ??
    (own ? agent.osVersion : undefined)
  return version === undefined ? { name } : { name, version }
}

/** See https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11: the hint counts contracts, not versions. */
function windowsVersion(platformVersion: string | undefined): string | undefined {
  if (platformVersion === undefined) return undefined
  if (platformVersion.startsWith('0.'))
    return { '0.1': '7', '0.2': '8', '0.3': '8.1' }[platformVersion.slice(0, 3)]
  const major = Number.parseInt(platformVersion, 10)
  return major >= 13 ? '11' : major >= 1 ? '10' : undefined
}

/** The agent names most browsers; those that pose as plain Chrome (Brave and others) are told by their brand. */
function describeBrowser(
  agent: ParsedUserAgent,
  hints: UserAgentData,
): { readonly name?: string; readonly version?: string } {
  const own = hints.brands?.find(({ brand }) => !GENERIC_BRAND.test(brand))
  const named = agent.browserName !== undefined && agent.browserName !== 'Chrome'
  if (own && !named) return defined({ name: own.brand, version: shortVersion(own.version) })
  return defined({ name: agent.browserName, version: agent.browserVersion })
}

function isHeadless(hints: UserAgentData): boolean {
  return hints.brands?.some(({ brand }) => brand === 'HeadlessChrome') ?? false
}

function pixels(size: { readonly width?: number; readonly height?: number } | undefined): string | undefined {
  if (size?.width === undefined || size.height === undefined) return undefined
  return `${Math.round(size.width)}x${Math.round(size.height)}`
}

/** The entries that are there. */
function defined<Shape extends object>(shape: {
  readonly [Key in keyof Shape]: Shape[Key] | undefined
}): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape
}
