import { MAX_ID_CHARS, sessionId } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'
import { createConsent } from './consent.ts'
import { createCookieJar } from './cookie-jar.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { Environment } from './environment.ts'
import { STORE_PREFIX, createEventStore } from './event-store.ts'
import { createGate } from './gate.ts'
import { USER_KEY, createKnownUser } from './known-user.ts'
import type { Config } from './options.ts'
import { pageContext } from './page-context.ts'
import { createRecorder } from './recorder.ts'
import type { Moment, Place, Recorder } from './recorder.ts'
import { createSender } from './sender.ts'
import { createSessionKeeper } from './session-keeper.ts'
import type { Stamp } from './session-keeper.ts'
import { createSharedState } from './shared-state.ts'
import type { SharedState } from './shared-state.ts'
import type { Session, Tracker } from './tracker.ts'

/** For messages between tabs, in `localStorage`; never stays. */
const MESSAGE_KEY = 'sj_m'
/** What the collector takes for an id: neither control characters nor lone surrogates. */
const USER_ID = /^[^\p{Cc}\p{Cs}]+$/u

/** What the parts of a tracker that record by themselves work with. */
export interface Core {
  readonly config: Config
  readonly env: Environment
  readonly state: SharedState
  readonly jar: CookieJar
  readonly record: Recorder
  /** Carries a call out: now, or when consent is given and the page shown. */
  enter(run: (moment: Moment) => void, isPageView?: boolean): void
  /** Makes calls as if at that time. */
  at(time: EpochMs, run: () => void): void
  /** The stamp of something that is no event; undefined without consent. */
  stamp(passive?: boolean): Stamp | undefined
  /** Lets all calls wait for this. */
  holdFor(promise: Promise<unknown>): void
  /** Listens until the tracker is stopped. */
  listen(target: EventTarget, type: string, listener: (event: never) => void): void
  /** Called before the page may be gone. */
  readonly leaving: (() => void)[]
  /** Called when the page has come back from the back/forward cache. */
  readonly restored: (() => void)[]
  /** Called after each event that was not passive. */
  readonly recorded: ((place: Place) => void)[]
}

/** A part of a tracker that records by itself. */
export type Part = (core: Core) => void

/** Starts a tracker with these parts. Nothing of it throws into the page. */
export function startTracker(config: Config, env: Environment, parts: readonly Part[]): Tracker {
  const stopper = new AbortController()
  const { signal } = stopper
  const listeners = new Set<(session: Session) => void>()
  const prefix = `${STORE_PREFIX}${config.writeKey}.`
  const tab = Math.random().toString(36).slice(2, 8)
  let callTime: EpochMs | undefined
  let isShown = false
  let held: Promise<unknown> | undefined
  let known: string | undefined

  const jar = createCookieJar(env)
  const store = createEventStore(env, prefix, config)
  const state = createSharedState(env, jar, (from, to) => {
    store.replace(from, to)
    store.replace(sessionId(from, 1), sessionId(to, 1))
  })
  const consent = createConsent(jar, config, forget)
  const isGranted = () => consent.answer() === 'granted'
  const keeper = createSessionKeeper(env, state, { users: createKnownUser(env), config })
  const recorder = createRecorder(store, keeper, { config, jar, tab })
  const sender = createSender(env, store, {
    config,
    lock: prefix,
    async ready() {
      await state.settled()
      announce()
    },
  })
  const gate = createGate((isPageView) => {
    isShown ||= document.visibilityState === 'visible'
    return isGranted() && !held && !isPrerendering() && (isShown || !isPageView)
  })

  /** Runs listeners, the page's or ours, so that what one throws stops neither the others nor the page. */
  function guard<Result>(run: () => Result): Result | undefined {
    try {
      if (!signal.aborted) return run()
    } catch (error) {
      if (config.debug) console.error('Sojourn', error)
    }
    return undefined
  }

  /** Tells the other tabs, each of which looks for itself what is new. */
  function tell(news: string): void {
    env.save(MESSAGE_KEY, news)
    env.save(MESSAGE_KEY)
  }

  function announce(): void {
    const id = state.read()?.session?.id
    if (id === known || state.settled()) return
    known = id
    const session = keeper.current()
    if (!session) return
    state.commit()
    tell(session.id)
    for (const listener of listeners) guard(() => listener(session))
  }

  function forget(): void {
    gate.clear()
    store.clear()
    state.forget()
    jar.clear()
    for (const key of env.keys()) if (key === USER_KEY || key.startsWith(STORE_PREFIX)) env.save(key)
  }

  const core: Core = {
    config,
    env,
    state,
    jar,
    stamp: (passive) => (isGranted() ? keeper.stamp(passive) : undefined),
    leaving: [],
    restored: [],
    recorded: [],
    record(...event) {
      const place = recorder(...event)
      if (!event[2].passive) for (const listener of core.recorded) listener(place)
      sender.sendSoon()
      return place
    },
    enter(run, isPageView) {
      guard(() => {
        if (consent.answer() === 'denied') return
        const own = [jar.domain(), ...(config.linkDomains ?? []), ...config.ignoreReferrers]
        const moment = { time: callTime ?? env.now(), page: pageContext(own) }
        gate.enter(() => {
          guard(() => run(moment))
          announce()
        }, isPageView)
      })
    },
    at(time, run) {
      callTime = time
      guard(run)
      callTime = undefined
    },
    holdFor(promise) {
      const go = () => {
        held = undefined
        guard(gate.retry)
      }
      held = promise.then(go, go)
    },
    listen(target, type, listener) {
      target.addEventListener(type, (event) => guard(() => listener(event as never)), {
        capture: true,
        signal,
      })
    },
  }
  const { listen, enter, record } = core

  function leave(isLast?: boolean): void {
    held = undefined
    gate.retry()
    for (const listener of core.leaving) guard(listener)
    store.save()
    // A page that is only hidden can wait until all tabs agree on the visitor.
    if (state.settled() && !isLast) return
    state.commit()
    sender.sendAll()
  }

  function look(): void {
    if (document.visibilityState === 'hidden') return leave()
    gate.retry()
    announce()
    sender.retry()
  }

  listen(document, 'visibilitychange', look)
  listen(document, 'prerenderingchange', look)
  listen(window, 'online', look)
  listen(window, 'pagehide', () => {
    leave(true)
  })
  listen(window, 'pageshow', ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return
    for (const listener of core.restored) listener()
  })
  listen(window, 'storage', ({ key, newValue }: StorageEvent) => {
    if (key !== MESSAGE_KEY || !newValue) return
    if (newValue === 'denied') {
      consent.set(newValue)
      forget()
    }
    gate.retry()
    announce()
  })
  known = isGranted() ? state.read()?.session?.id : undefined
  for (const part of parts) guard(() => part(core))
  void sender.send()

  return {
    page: (properties) => enter((moment) => record('page', '', { ...moment, properties }), true),
    track: (name, properties, options) =>
      enter((moment) => void (name && record('track', name, { ...options, ...moment, properties }))),
    identify: (userId, traits) =>
      enter((moment) => {
        const id = `${userId}`
        if (!/string|number/.test(typeof userId) || id.length > MAX_ID_CHARS || !USER_ID.test(id)) return
        keeper.changeUser(id)
        record('identify', '', { ...moment, traits })
      }),
    reset: () => enter(() => keeper.changeUser()),
    session: () => guard(() => (isGranted() ? keeper.current() : undefined)),
    startSession: (id) => enter(() => keeper.start(id)),
    endSession: () => enter(keeper.end),
    onSession(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setConsent: (answer) =>
      guard(() => {
        consent.set(answer)
        tell(answer)
        if (answer === 'granted') gate.retry()
        else forget()
      }),
    flush: async () => guard(sender.send),
    stop: () =>
      guard(() => {
        state.commit()
        store.save()
        sender.stop()
        stopper.abort()
      }),
  }
}

/** The page is rendered ahead of a visit that may never come: https://wicg.github.io/nav-speculation/prerendering.html */
function isPrerendering(): boolean | undefined {
  return (document as Document & { prerendering?: boolean }).prerendering
}
