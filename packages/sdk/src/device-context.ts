import type { BatchContext, UserAgentData } from '@sojourn/protocol'
import type { Config } from './options.ts'
import { privacySignals } from './privacy-signals.ts'
import { SDK_VERSION } from './sdk-version.ts'

/** What holds for all events of a batch. Read when a batch leaves, because the size of the window asks for the layout. */
export function deviceContext({ timeout, app }: Config, dropped: number): BatchContext {
  const { userAgent, language, maxTouchPoints, webdriver } = navigator
  const { width, height, colorDepth, orientation } = screen
  return {
    userAgent,
    // Chromium alone has it, and on https alone. As JSON it is its brands, its platform and whether it is mobile.
    userAgentData: (navigator as { userAgentData?: UserAgentData }).userAgentData!,
    locale: language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    touch: maxTouchPoints > 0,
    screen: { width, height, density: devicePixelRatio, colorDepth, orientation: orientation?.type },
    viewport: { width: innerWidth, height: innerHeight },
    app,
    sdk: { name: 'sojourn', version: SDK_VERSION, timeoutMs: timeout },
    automated: webdriver,
    privacy: privacySignals(),
    dropped,
  }
}
