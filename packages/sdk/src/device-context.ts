import type { BatchContext, UserAgentData } from '@sojourn/protocol'
import type { Config } from './options.ts'

/**
 * What holds for all events of a batch, but for the user agent, which comes as a header. Read when a batch leaves, because the size of
 * the window asks for the layout.
 */
export const deviceContext = (config: Config): BatchContext => ({
  // Chromium alone has it, and on https alone. As JSON it is its brands, its platform and whether it is mobile.
  userAgentData: (navigator as { userAgentData?: UserAgentData }).userAgentData!,
  locale: navigator.language,
  // Where there is no Temporal (before 2025, and in Safari), a browser may take 10 ms to load how dates are formatted.
  timezone:
    (window as { Temporal?: { Now: { timeZoneId(): string } } }).Temporal?.Now.timeZoneId() ??
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  touch: navigator.maxTouchPoints > 0,
  screen: {
    width: screen.width,
    height: screen.height,
    density: devicePixelRatio,
    colorDepth: screen.colorDepth,
    orientation: screen.orientation?.type,
  },
  viewport: { width: innerWidth, height: innerHeight },
  app: config.app,
  automated: navigator.webdriver,
})
