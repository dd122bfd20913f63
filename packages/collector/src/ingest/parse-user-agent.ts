import { isbot } from 'isbot'
import { UAParser } from 'my-ua-parser'
import { rememberRecent } from './remember-recent.ts'

/** What a user agent's text says; absent where it says nothing, or only what browsers freeze it to. */
export interface ParsedUserAgent {
  /** `mobile`, `tablet`, `tv`, `console`, `wearable`, `embedded`; absent for desktops, which no agent names. */
  readonly deviceType?: string
  readonly brand?: string
  readonly model?: string
  readonly osName?: string
  readonly osVersion?: string
  readonly browserName?: string
  readonly browserVersion?: string
  /** A crawler, a monitor or a headless browser, by the list of the isbot package. */
  readonly bot: boolean
}

/** A month of traffic on one site shows some thousand distinct agents; each entry takes about 1 kB. */
const MAX_REMEMBERED = 2_000

const OS_NAMES: Readonly<Record<string, string>> = { 'Mac OS': 'macOS', 'Chromium OS': 'Chrome OS' }

/** Parses one user agent; the latest few thousand are remembered, since parsing takes about 50 µs. Never throws. */
export const parseUserAgent: (userAgent: string) => ParsedUserAgent = rememberRecent(parse, MAX_REMEMBERED)

/** A version without the zeros that say nothing: `126.0.0.0` is `126`, `17.5` stays. Undefined for what is no version. */
export function shortVersion(version: string | undefined): string | undefined {
  if (version === undefined || !/^\d/.test(version)) return undefined
  return version.replace(/(\.0+)+$/, '')
}

function parse(userAgent: string): ParsedUserAgent {
  const { browser, os, device } = new UAParser(userAgent).getResult()
  // Chrome on Android says "Android 10; K" whatever the phone is: https://www.chromium.org/updates/ua-reduction/
  const isReduced = os.name === 'Android' && device.model === 'K'
  // Every browser has said 10.15 since macOS 11: https://bugs.webkit.org/show_bug.cgi?id=216593
  const isFrozenMac = os.name === 'Mac OS' && /^10\.15(\.7)?$/.test(os.version ?? '')
  // On Linux the parser takes the processor ("x86_64") for a version; Windows has versions that are words (XP).
  const osVersion = os.name === 'Windows' ? os.version : shortVersion(os.version)
  const found = {
    deviceType: browser.name ? deviceType(device.type, os.name) : undefined,
    brand: browser.name ? device.vendor : undefined,
    model: browser.name && !isReduced ? device.model : undefined,
    osName: os.name && Object.hasOwn(OS_NAMES, os.name) ? OS_NAMES[os.name] : os.name,
    osVersion: isReduced || isFrozenMac ? undefined : osVersion,
    browserName: browser.name?.replace('Chrome Headless', 'Headless Chrome'),
    browserVersion: shortVersion(browser.version),
    bot: isbot(userAgent),
  }
  const entries = Object.entries(found).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as unknown as ParsedUserAgent
}

function deviceType(type: string | undefined, osName: string | undefined): string | undefined {
  if (type === 'smarttv') return 'tv'
  // Android browsers without "Mobile" in their agent are on tablets: https://developer.chrome.com/docs/multidevice/user-agent
  return type ?? (osName === 'Android' ? 'tablet' : undefined)
}
