import type { BatchContext } from '@sojourn/protocol'

/** What the generator's visitors browse with; a visitor always has the same, `contextOf`. */
export const CONTEXTS: readonly BatchContext[] = [
  {
    ...desktop(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    ),
    userAgentData: { platform: 'Windows', mobile: false, brands: [{ brand: 'Chromium', version: '126' }] },
    locale: 'en-US',
    timezone: 'America/New_York',
  },
  {
    ...desktop(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
    ),
    locale: 'fr-FR',
    timezone: 'Europe/Paris',
  },
  {
    ...desktop('Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'),
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
  },
  {
    ...phone(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    ),
    locale: 'en-GB',
    timezone: 'Europe/London',
  },
  {
    ...phone(
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
    ),
    userAgentData: { platform: 'Android', mobile: true, brands: [{ brand: 'Chromium', version: '126' }] },
    locale: 'es-ES',
    timezone: 'Europe/Madrid',
  },
]

/** Which of `CONTEXTS` a visitor browses with: an index. */
export function contextOf(visitorId: string): number {
  let hash = 0
  for (let i = 0; i < visitorId.length; i++) hash = (hash * 31 + visitorId.charCodeAt(i)) | 0
  return Math.abs(hash % CONTEXTS.length)
}

function desktop(userAgent: string): BatchContext {
  return {
    userAgent,
    touch: false,
    screen: { width: 1920, height: 1080, density: 1, colorDepth: 24, orientation: 'landscape-primary' },
    viewport: { width: 1200, height: 800 },
    sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 1_800_000 },
  }
}

function phone(userAgent: string): BatchContext {
  return {
    userAgent,
    touch: true,
    screen: { width: 390, height: 844, density: 3, colorDepth: 24, orientation: 'portrait-primary' },
    viewport: { width: 390, height: 664 },
    sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 1_800_000 },
  }
}
