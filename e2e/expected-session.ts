import { expect } from 'vitest'

/** Any UUID. */
export const UUID = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
/** Any time as the read API writes it. */
export const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const SIZE = expect.stringMatching(/^\d+x\d+$/)

/** Two of the demo's sources, as a session names them. */
export const MARKETING = { id: 'demo-marketing', name: 'Marketing', type: 'marketing' }
export const PRODUCT = { id: 'demo-product', name: 'Product', type: 'product' }

/** The parts of the read API's answers that the test computes with; the sessions are compared whole. */
export interface StoredSession {
  readonly id: string
  readonly visitor: { readonly id: string }
  readonly profile: { readonly id: string }
  readonly metadata: { readonly status: string; readonly time: { readonly insert: string } }
  readonly entry: { readonly time: string }
  readonly exit: { readonly time: string }
}
/** What every session of this visit has in common: this machine, this browser, and times that fit each other. */
export function common({ entry, exit }: StoredSession): object {
  const [start, end] = [Date.parse(entry.time), Date.parse(exit.time)]
  return {
    definition: 'client',
    metadata: {
      channel: 'web',
      status: 'ended',
      time: {
        insert: entry.time,
        create: ISO,
        update: ISO,
        timestamp: start / 1_000,
        duration: Math.floor((end - start) / 1_000),
        engaged: expect.any(Number),
        weekday: new Date(start).getUTCDay(),
      },
    },
    device: {
      type: 'desktop',
      touch: false,
      ip: '127.0.0.0',
      resolution: SIZE,
      colorDepth: 24,
      orientation: 'landscape-primary',
    },
    os: { name: 'Linux' },
    // Headless Chromium says so in its user agent, and is a bot for it.
    app: {
      type: 'browser',
      name: 'Headless Chrome',
      version: expect.stringMatching(/^\d+/),
      language: 'en-US',
      bot: true,
      resolution: SIZE,
    },
    context: { timezone: 'UTC' },
  }
}

/** A run of so many events of one source. */
export const segment = (source: string, type: string, events: number): object => ({
  source,
  type,
  start: ISO,
  duration: expect.any(Number),
  events,
})
