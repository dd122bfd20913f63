import type { BatchContext, PrivacySignals, UserAgentData } from '@sojourn/protocol'
import type { Config } from './options.ts'
import { SDK_VERSION } from './sdk-version.ts'

/**
 * What holds for all events of a batch, but for the user agent, which comes as a header. Read when a batch leaves, because the size of
 * the window asks for the layout.
 */
export const deviceContext = (
  { timeout, app }: Config,
  privacy: PrivacySignals,
  dropped: number,
): BatchContext => {
  const { language, maxTouchPoints, webdriver, userAgentData } = navigator as Navigator & {
    userAgentData?: UserAgentData
  }
  const { width, height, colorDepth, orientation } = screen
  return {
    // Chromium alone has it, and on https alone. As JSON it is its brands, its platform and whether it is mobile.
    userAgentData: userAgentData!,
    locale: language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    touch: maxTouchPoints > 0,
    screen: { width, height, density: devicePixelRatio, colorDepth, orientation: orientation?.type },
    viewport: { width: innerWidth, height: innerHeight },
    app,
    sdk: { name: 'sojourn', version: SDK_VERSION, timeoutMs: timeout },
    automated: webdriver,
    privacy,
    dropped,
  }
}
