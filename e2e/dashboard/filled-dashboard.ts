import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { CollectorProcess } from '../collector-process.ts'
import { openDashboard, startChromium } from './dashboard-page.ts'
import type { DashboardPage } from './dashboard-page.ts'
import { startSeededCollector } from './seeded-collector.ts'

/** A collector that holds a month, and its dashboard in Chromium; both are there from the first test to the last. */
export interface FilledDashboard {
  readonly collector: CollectorProcess
  readonly browser: Browser
  readonly dashboard: DashboardPage
}

/** Starts both before the tests of the calling file, and ends them after. Nothing that the browser complained of meanwhile passes. */
export function useFilledDashboard(): FilledDashboard {
  let parts: FilledDashboard | undefined
  beforeAll(async () => {
    const [collector, browser] = await Promise.all([startSeededCollector(), startChromium()])
    parts = { collector, browser, dashboard: await openDashboard(browser, collector) }
  }, 120_000)
  afterAll(async () => {
    if (!parts) return
    expect(parts.dashboard.complaints).toEqual([])
    await parts.browser.close()
    await parts.collector.end()
  })
  const started = (): FilledDashboard => {
    if (!parts) throw new Error('The dashboard is there from the first test on.')
    return parts
  }
  return {
    get collector() {
      return started().collector
    },
    get browser() {
      return started().browser
    },
    get dashboard() {
      return started().dashboard
    },
  }
}
