import { onTestFinished } from 'vitest'
import { createTracker } from './core.ts'
import type { AnyPart, TrackerOptions } from './core.ts'

/** The options without which there is no tracker. */
const REQUIRED = { writeKey: 'pk_core', endpoint: 'https://collect.test' }

/** A tracker of these parts alone, on a page without another; stopped when the test is over. */
export function openCore<const Parts extends readonly AnyPart[] = []>(
  options: Partial<TrackerOptions> = {},
  parts?: Parts,
) {
  Reflect.deleteProperty(globalThis, 'sojournTrackers')
  const tracker = createTracker({ ...REQUIRED, ...options }, parts)
  onTestFinished(() => tracker.stop())
  return tracker
}
