import type { BatchContext } from '@sojourn/protocol'

/** A kind of device, as its browser describes it. */
export interface Device {
  readonly context: BatchContext
  /** How often it is seen, beside the weights of the others. */
  readonly weight: number
}

const screen = (width: number, height: number, density: number): NonNullable<BatchContext['screen']> => ({
  width,
  height,
  density,
  colorDepth: 24,
  orientation: width > height ? 'landscape-primary' : 'portrait-primary',
})

/** The devices that visitors come with, and how often. */
export const DEVICES: readonly Device[] = [
  {
    weight: 5,
    context: {
      userAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      screen: screen(1920, 1080, 1),
      viewport: { width: 1519, height: 730 },
      locale: 'en-US',
      timezone: 'America/New_York',
      touch: false,
    },
  },
  {
    weight: 4,
    context: {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      screen: screen(390, 844, 3),
      viewport: { width: 390, height: 664 },
      locale: 'en-GB',
      timezone: 'Europe/London',
      touch: true,
    },
  },
  {
    weight: 2,
    context: {
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      screen: screen(1728, 1117, 2),
      viewport: { width: 1400, height: 900 },
      locale: 'fr-FR',
      timezone: 'Europe/Paris',
      touch: false,
    },
  },
  {
    weight: 2,
    context: {
      userAgent:
        'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36',
      screen: screen(412, 915, 2.6),
      viewport: { width: 412, height: 732 },
      locale: 'de-DE',
      timezone: 'Europe/Berlin',
      touch: true,
    },
  },
  {
    weight: 1,
    context: {
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      screen: screen(2560, 1440, 1),
      viewport: { width: 1720, height: 1300 },
      locale: 'ja-JP',
      timezone: 'Asia/Tokyo',
      touch: false,
    },
  },
]
