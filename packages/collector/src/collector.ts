import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, resolve } from 'node:path'
import type { EpochMs } from '@sojourn/protocol'
import { Router } from 'express'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { openAccess } from './access/access.ts'
import { createGuessLimit } from './access/guess-limit.ts'
import { apiRoutes } from './api-routes.ts'
import { metricsTextRoutes } from './health/figures-routes.ts'
import { createIngestMeter } from './health/ingest-meter.ts'
import { startCountsLog } from './health/log-counts.ts'
import { watchCommits } from './health/watch-commits.ts'
import { watchDamage } from './health/watch-damage.ts'
import { createClientAddress } from './ingest/client-address.ts'
import type { TrustProxy } from './ingest/client-address.ts'
import { openGeo } from './ingest/geo.ts'
import type { FindPlace } from './ingest/geo.ts'
import { createIngest } from './ingest/ingest.ts'
import type { IngestHandler } from './ingest/ingest.ts'
import { createIsSecure } from './ingest/is-secure.ts'
import type { AddressMode } from './ingest/keep-address.ts'
import type { CookieRenewal } from './ingest/renew-cookie.ts'
import { followSources } from './ingest/follow-sources.ts'
import { openSourceDirectory } from './ingest/source-directory.ts'
import type { SourceDirectory } from './ingest/source-directory.ts'
import { createByteRoom } from './limit/byte-room.ts'
import { createClientKey } from './limit/client-key.ts'
import { DEFAULT_CLIENT_RATE, DEFAULT_SOURCE_RATE, createRateLimits } from './limit/rate-limits.ts'
import type { EventRate } from './limit/rate-limits.ts'
import { createWaitingLine } from './limit/waiting-line.ts'
import { openLinkDesk } from './link/link-desk.ts'
import { answerErrors } from './query/answer-errors.ts'
import { healthRoutes } from './query/health-routes.ts'
import { dashboardRoutes, findDashboard } from './site/dashboard.ts'
import { createLiveDesk } from './live/live-desk.ts'
import { readSdkScript, serveSdkScript } from './site/sdk-script.ts'
import type { SdkScript } from './site/sdk-script.ts'
import { openStore } from './store/open-store.ts'
import type { Store } from './store/store.ts'
import { startRetention } from './upkeep/retention.ts'

/** What a collector can be told. Only `dbPath` is needed; docs/operating.md says what the others mean. */
export interface CollectorOptions {
  /** The database file; its folder is made where it is missing. */
  readonly dbPath: string
  /** Token of the read API. If absent, one is made at the first start: see `madeAdminToken`. */
  readonly adminToken?: string
  /** A token that can read, and change nothing. If absent, `POST /v1/tokens` may make one. */
  readonly readToken?: string
  /** Default: the address of the connection is the client's, and no header is believed. */
  readonly trustProxy?: TrustProxy
  /** Default `truncate`. */
  readonly addressMode?: AddressMode
  /** Default: answers renew no cookie. */
  readonly cookieRenewal?: CookieRenewal
  /** Most events a second from one client address, and for one source. Default: 200 and 20,000. */
  readonly clientRate?: EventRate
  readonly sourceRate?: EventRate
  /** Events are kept for so long, in ms. Default: all are. */
  readonly retentionMs?: number
  /** A MaxMind DB file. */
  readonly geoPath?: string
  /** Default: errors to stderr as JSON lines. */
  readonly log?: Logger
  readonly now?: () => EpochMs
}

/** A request handler as Express mounts it. */
export type CollectorRouter = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** An open collector. */
export interface Collector {
  /**
   * Everything the collector serves: `/v1`, `/sojourn.js`, `/healthz`, `/readyz` and the page at `/`. Mount it before the body parsers.
   * In an Express app whose proxies are trusted, set the app's own `trust proxy` too, so that cookies are marked secure.
   */
  readonly router: CollectorRouter
  /** `/v1/events` alone, for a server that wants to spare events the way through Express. */
  readonly ingest: IngestHandler
  readonly store: Store
  readonly sources: SourceDirectory
  /** The admin token, at the first start only and if none was given: show it, it is stored nowhere. */
  readonly madeAdminToken?: string
  /** Ends the live streams, for which a server that closes would wait; `close` does it too. */
  endStreams(): void
  /** Finishes what was taken and closes the database. Stop sending it requests first. */
  close(): Promise<void>
}

/** A file that the options name cannot be used; the message is a sentence for whoever wrote them. */
export class CannotStart extends Error {}

/** What bodies may hold in memory from their first byte to their answer; the values made of them take a few times that. */
const ROOM = { all: 48 * 1024 * 1024, each: 12 * 1024 * 1024 }
const LINE = { maxEvents: 20_000, easyEvents: 1_000, maxWaitMs: 400 }

/** Opens the database and builds the router. Rejects with `CannotStart` or `CannotOpenStore`, whose messages are for the operator. */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  const log = options.log ?? pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }))
  const now = options.now ?? Date.now
  const findPlace = options.geoPath === undefined ? undefined : await openPlaces(options.geoPath)
  const script = await readScript(log)
  await makeFolder(dirname(resolve(options.dbPath)))
  const { store, damage } = watchDamage(await openStore({ path: options.dbPath }), now)
  try {
    const access = await openAccess(store, { admin: options.adminToken, read: options.readToken })
    const isFirstStart = (await access.keys()).origin('admin') === 'none'
    const made = isFirstStart ? await access.rotate('admin') : undefined
    const madeToken = typeof made === 'object' ? made.token : undefined
    const sources = await openSourceDirectory(store)
    const live = createLiveDesk(store)
    const meter = createIngestMeter(now())
    const trustProxy = options.trustProxy ?? false
    const clientKey = createClientKey(trustProxy)
    const { clientRate = DEFAULT_CLIENT_RATE, sourceRate = DEFAULT_SOURCE_RATE } = options
    const gate = {
      clientKey,
      limits: createRateLimits({ clientRate, sourceRate, clientKey, clock: now }),
      room: createByteRoom(ROOM),
    }
    const gatekeeper = { access, guesses: createGuessLimit(clientKey, now) }
    access.onEnd(live.endStreams)
    const ingest = createIngest({
      ...gate,
      line: createWaitingLine(LINE, () => performance.now()),
      store: watchCommits(store, meter, live.committed),
      meter,
      sources,
      now,
      log,
      findPlace,
      clientAddress: createClientAddress(trustProxy),
      addressMode: options.addressMode ?? 'truncate',
      renewal: options.cookieRenewal ?? false,
      isSecure: createIsSecure(trustProxy),
    })
    const router = Router()
    router.use(
      '/v1',
      apiRoutes({
        ...gate,
        store,
        sources,
        now,
        log,
        ingest,
        gatekeeper,
        script,
        live,
        meter,
        damage,
        openDesk: openLinkDesk(store, now),
      }),
    )
    router.use(healthRoutes(store))
    router.use(metricsTextRoutes({ meter, store, sources, live, damage }, gatekeeper))
    router.get('/sojourn.js', serveSdkScript(script))
    const dashboard = findDashboard()
    if (dashboard !== undefined) router.use(dashboardRoutes(dashboard))
    else log.warn('the dashboard is not built, so there is no page at /: run `npm run build`')
    router.use(answerErrors(log))
    const stopCounts = startCountsLog(meter, log)
    const stopFollowing = followSources(sources)
    const { retentionMs: keepMs } = options
    const retention = keepMs === undefined ? undefined : startRetention({ keepMs, store, now, log })
    return {
      router: router as unknown as CollectorRouter,
      ingest,
      store,
      sources,
      ...(madeToken !== undefined && { madeAdminToken: madeToken }),
      endStreams: live.endStreams,
      close: async () => {
        stopCounts()
        stopFollowing()
        live.endStreams()
        await retention?.stop()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openPlaces(path: string): Promise<FindPlace> {
  try {
    return await openGeo(path)
  } catch (error) {
    throw new CannotStart(`SOJOURN_GEO: ${resolve(path)} is no MaxMind DB file that can be read.`, {
      cause: error,
    })
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await makeMissing(folder)
  } catch (error) {
    throw new CannotStart(
      `The folder ${folder} of the database cannot be made. Make it, or name another database file.`,
      { cause: error },
    )
  }
}

/** One by one, because Node's own recursive mkdir never returns where a file system lets nobody make folders, such as /proc. */
async function makeMissing(folder: string): Promise<void> {
  if (existsSync(folder)) return
  await makeMissing(dirname(folder))
  await mkdir(folder)
}

async function readScript(log: Logger): Promise<SdkScript | undefined> {
  try {
    return await readSdkScript()
  } catch {
    log.warn('the SDK is not built, so there is no /sojourn.js: run `npm run build`')
    return undefined
  }
}
