import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import type { Bundle } from './bundle.ts'
import { openBenchPage } from './chromium-page.ts'
import type { BenchPage } from './chromium-page.ts'

import type { LoopbackServer } from './loopback-server.ts'
import { countForcedLayouts, countLongTasks, cpuBetween, cpuFrom } from './trace.ts'

/** Calls in one loop. */
const CALLS = 500
/** Calls while a layout is due. */
const DIRTY_CALLS = 100
/** How long an SDK may take to fetch its settings and send its first events, and how long it may take to send the loop's, in ms. */
const SETTLE_MS = 2_000
const DELIVERY_MS = 20_000
/** No request for so long means that all are sent. */
const QUIET_MS = 3_500

/** What one visit to the page told of an SDK's speed. Processor time is that of the page's own thread. */
export interface SpeedSample {
  /** Processor time from the evaluation of the script to the return of the first call that tracks, in ms. */
  readonly startCpuMs: number
  /** How long each call took by the clock, in µs. */
  readonly callsUs: readonly number[]
  /** Processor time of a call on average, in µs. */
  readonly callCpuUs: number
  /** The same with all that follows in two seconds, such as storing and sending. */
  readonly eventCpuUs: number
  /** Tasks of more than 50 ms since the script was evaluated: by processor time, and by the wall clock, as a page can see them. */
  readonly longTasks: number
  readonly longTasksByClock: number
}

/** What one visit told of an SDK's traffic. */
export interface TrafficSample {
  /** Requests of any kind before the one with the first event. */
  readonly requestsBefore: number
  readonly delivered: number
  /** Of the bodies, as sent, for each event of the loop that arrived. */
  readonly bytesPerEvent: number
}

/** Times the start and a loop of calls. */
export async function measureSpeed(
  browser: Browser,
  server: LoopbackServer,
  bundle: Bundle,
  slowdown: number,
): Promise<SpeedSample> {
  const page = await open(browser, server, bundle, slowdown)
  const stop = await page.trace()
  await start(page, server)
  await sleep(SETTLE_MS)
  const callsUs = await page.evaluate<number[]>(`bench.loop(${CALLS})`)
  // Sending is a part of it.
  await sleep(SETTLE_MS)
  const trace = await stop()
  const longTasksByClock = await page.evaluate<number>('bench.longTasks()')
  await page.close()
  return {
    startCpuMs: cpuBetween(trace, 'start', 'started') / 1_000,
    callsUs,
    callCpuUs: cpuBetween(trace, 'loop', 'looped') / CALLS,
    eventCpuUs: cpuFrom(trace, 'loop') / CALLS,
    longTasks: countLongTasks(trace, 'start'),
    longTasksByClock,
  }
}

/** Counts requests and bytes, until all has arrived or nothing more does. */
export async function measureTraffic(
  browser: Browser,
  server: LoopbackServer,
  bundle: Bundle,
): Promise<TrafficSample> {
  const { subject } = bundle
  const page = await open(browser, server, bundle)
  server.forget()
  await start(page, server)
  const deliveries = () =>
    server.received.filter(({ method, path }) => method === 'POST' && subject.isDelivery(path))
  const delivered = (): number => deliveries().reduce((sum, { body }) => sum + subject.countEvents(body), 0)
  await waitFor(() => delivered() > 0, DELIVERY_MS)
  const first = server.received.findIndex(({ method, path }) => method === 'POST' && subject.isDelivery(path))
  const requestsBefore = (first === -1 ? NaN : first) + page.failed.length
  await sleep(SETTLE_MS)

  server.forget()
  await page.evaluate(`bench.loop(${CALLS}).then(() => undefined)`)
  await waitFor(
    () => delivered() >= CALLS,
    DELIVERY_MS,
    () => server.received.length,
  )
  await page.close()
  const bytes = deliveries().reduce((sum, request) => sum + request.bytes, 0)
  return { requestsBefore, delivered: delivered(), bytesPerEvent: bytes / delivered() }
}

/** How many layouts the SDK forces as it starts, in a hundred calls, and while it sends. */
export async function measureLayouts(
  browser: Browser,
  server: LoopbackServer,
  bundle: Bundle,
): Promise<number> {
  const page = await open(browser, server, bundle)
  await checkProbe(page)
  const stop = await page.trace()
  await start(page, server)
  await sleep(SETTLE_MS)
  await page.evaluate(`bench.loopDirty(${DIRTY_CALLS})`)
  await sleep(SETTLE_MS)
  const forced = countForcedLayouts(await stop())
  await page.close()
  return forced
}

/** Throws when the trace does not show layouts that were forced: a probe that sees nothing would praise everyone. */
async function checkProbe(page: BenchPage): Promise<void> {
  const stop = await page.trace()
  await page.evaluate('bench.force(7)')
  const seen = countForcedLayouts(await stop())
  if (seen < 7) throw new Error(`The trace of Chromium shows ${seen} of 7 forced layouts`)
}

async function open(
  browser: Browser,
  server: LoopbackServer,
  { script }: Bundle,
  slowdown = 1,
): Promise<BenchPage> {
  server.serve(script)
  const page = await openBenchPage(browser, server.page, slowdown)
  await page.evaluate(`bench.load('/subject.js')`)
  return page
}

function start(page: BenchPage, server: LoopbackServer): Promise<void> {
  return page.evaluate(`bench.start(${JSON.stringify(server.endpoint)})`)
}

/** Waits until `isDone`, at most so long, and not while `progress` has stood still for longer than it takes to be sure. */
async function waitFor(
  isDone: () => boolean,
  atMostMs: number,
  progress = (): unknown => undefined,
): Promise<void> {
  const end = performance.now() + atMostMs
  let last = progress()
  let since = performance.now()
  while (!isDone() && performance.now() < end) {
    await sleep(20)
    const now = progress()
    if (now !== last) [last, since] = [now, performance.now()]
    else if (now !== undefined && performance.now() - since > QUIET_MS) return
  }
}
