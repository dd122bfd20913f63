import {
  FIRST,
  GRANTED,
  NUMBER,
  STATE_COOKIE,
  VISITOR,
  VISITOR_COOKIE,
  begin,
  derivedId,
} from '@sojourn/protocol'
import type { EventType, SharedState } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import { createCookieJar } from './cookie-jar.ts'
import { eventBody } from './event-body.ts'
import { createEventQueue } from './event-queue.ts'
import type { Config } from './options.ts'
import { pageContext } from './page-context.ts'
import { FIRST_OF_ALL, PAGE_VIEW, PASSIVE } from './part.ts'
import type { Core, Details, Part } from './part.ts'
import { privacySignals } from './privacy-signals.ts'
import { randomId } from './random-id.ts'
import { BROWSER_COOKIE, createSessionKeeper } from './session-keeper.ts'
import { createSharedState } from './shared-state.ts'
import { openStorage } from './storage.ts'
import type { Session, Tracker } from './tracker.ts'

/** For messages between tabs, in the storage; never stays. */
const MESSAGE_KEY = 'sj_m'
/** What the collector takes for a user id: neither control characters nor lone surrogates. */
const USER_ID = /^[^\p{Cc}\p{Cs}]{1,128}$/u
/** Most calls that wait. A page that calls more often before it is shown loses the first ones. */
const MAX_WAITING = 1_000

/** Starts a tracker with these parts. Nothing of it throws into the page; on a server it does nothing. */
export const startTracker = (config: Config, parts: readonly Part[]): Tracker => {
  const storage = openStorage()
  const jar = createCookieJar(storage)
  const [, writeCookie, domain] = jar
  const nodes = randomId().slice(18)
  const listeners = new Set<(session: Session) => void>()
  let seq = 1
  let calls: (readonly [run: () => void, kind: number])[] = []
  let isShown: unknown
  let isForgotten: unknown
  /** Which session the listeners have heard of. */
  let known: string | undefined
  const privacy = globalThis.document && privacySignals()
  if (!privacy || (config.respectPrivacySignals && (privacy.gpc || privacy.dnt))) config.consent = 'denied'
  let answer: string = config.consent

  const isGranted = (): unknown => answer === 'granted' || (answer !== 'denied' && read()?.[GRANTED])

  /** What is shared, where that may be looked at. */
  const granted = (): SharedState | undefined => (isGranted() ? read() : undefined)

  const forget = (): void => {
    isForgotten = 1
    calls = []
    clear()
    drop()
    for (const key of [STATE_COOKIE, VISITOR_COOKIE, BROWSER_COOKIE, ...Object.keys(storage)])
      if (/^sj_[svbuq]\b/.test(key)) {
        writeCookie(key, '', 0)
        delete storage[key]
      }
  }

  const mayPass = (kind: number): unknown =>
    isGranted() &&
    // Rendered ahead of a visit that may never come: https://wicg.github.io/nav-speculation/prerendering.html
    !(document as Document & { prerendering?: boolean }).prerendering &&
    (kind === FIRST_OF_ALL ||
      (!core._held && (kind !== PAGE_VIEW || (isShown ||= !document.hidden)) && isReady()))

  /** Carries out, in their order, the calls that may be. */
  const retry = (): void => {
    for (const call of calls.splice(0))
      if (mayPass(call[1])) attempt(call[0])
      else calls.push(call)
    announce()
  }

  const enter = (run: () => void, kind: number): void => {
    if (answer === 'denied') return
    if (calls.push([run, kind]) > MAX_WAITING) {
      calls.shift()
      lose()
    }
    if (mayPass(kind)) retry()
  }

  const shared = createSharedState(jar, config, isGranted, () => {
    retry()
    void send()
  })
  const [read, write, commit, current, isReady, drop] = shared
  const [open, stamp, start, end, changeUser] = createSessionKeeper(config, storage, jar, shared)
  const [add, send, drain, sendSoon, sendAgain, clear, lose] = createEventQueue(
    config,
    storage,
    nodes,
    privacy,
    isGranted,
    () => {
      // An answer may have brought a cookie back.
      if (isForgotten) forget()
    },
  )

  const record = (type: EventType, details: Details, name?: unknown): unknown =>
    attempt(() => {
      const time = core._time ?? Date.now()
      const page = details._page ?? pageContext(config, domain())
      const isView = type === 'page'
      const campaign =
        config.splitOnCampaign && isView ? location.search.match(/\butm_\w+=[^&]+/g)?.join() : ''
      const body = eventBody(name, details)
      const passive = body.passive
      enter(
        () => {
          details._before?.()
          const place = { _stamp: details._stamp ?? stamp(time, passive, campaign), _page: page }
          // A UUIDv7 (RFC 9562, section 5.7): when it happened, and what no other event has.
          const id = `0${time.toString(16)}-7${derivedId(nodes + seq).slice(15)}`.replace(/.{8}/, '$&-')
          const event = JSON.stringify({
            id,
            ...place._stamp,
            type,
            time,
            page,
            tab: nodes.slice(-6),
            seq,
            ...body,
          })
          if (add(event)) seq++
          if (config.debug) console.debug('Sojourn', event)
          sendSoon()
          if (!passive) core._recorded?.(place)
        },
        passive ? PASSIVE : +isView,
      )
    })

  /** Tells the other tabs, each of which looks for itself what is new. */
  const tell = (news: string): void => {
    attempt(() => (storage[MESSAGE_KEY] = news))
    delete storage[MESSAGE_KEY]
  }

  const announce = (): void => {
    const state = granted()
    const key = state && state[VISITOR] + state[NUMBER]
    const session = key !== known && open(state)
    if (!session) return
    known = key
    commit()
    tell(session.id)
    for (const listener of listeners) attempt(() => listener(session))
  }

  const setConsent = (next: string): void => {
    answer = next === 'granted' ? config.consent : next
    if (next === 'granted') {
      isForgotten = 0
      if (answer === 'required') {
        const state = current()
        state[GRANTED] = 1
        write(state)
        commit()
      }
      retry()
    } else forget()
  }

  const core: Core = {
    _config: config,
    _current: current,
    _write: write,
    _domain: domain,
    _granted: granted,
    _record: record,
    _enter: enter,
    _retry: retry,
    _stamp: stamp,
    _listen(types, listener, target = window) {
      for (const type of types.split(' '))
        target.addEventListener(type, (event) => attempt(() => listener(event as never)), true)
    },
  }

  if (answer !== 'denied') {
    announce()
    for (const part of parts) attempt(() => part(core))
    core._listen(
      'visibilitychange prerenderingchange online pagehide storage',
      ({ type, key, newValue }: StorageEvent) => {
        if (type === 'storage' && (key !== MESSAGE_KEY || !newValue)) return
        if (newValue === 'denied') setConsent(newValue)
        if (type === 'pagehide' || document.hidden) {
          core._held = 0
          isReady(true)
          retry()
          commit()
          void drain(true)
        } else {
          retry()
          sendAgain()
        }
      },
    )
    void send()
  }

  return {
    page: (properties) => void record('page', { properties }),
    track: (name, properties, options) => void (name && record('track', { ...options, properties }, name)),
    identify(userId, traits) {
      const id = `${userId}`
      if (/string|number/.test(typeof userId) && USER_ID.test(id))
        record('identify', { traits, _before: () => changeUser(id) })
    },
    reset: () => enter(changeUser, PASSIVE),
    session() {
      const state = granted()
      return open(
        state && !state[NUMBER] && calls.some(([, kind]) => kind < PASSIVE)
          ? begin(state, Date.now(), FIRST)
          : state,
      )
    },
    startSession: (id) => enter(() => start(id), PASSIVE),
    endSession: () => enter(end, PASSIVE),
    onSession(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setConsent(next) {
      setConsent(next)
      tell(next)
    },
    flush: send as () => Promise<void>,
    stop() {
      isReady(true)
      retry()
      commit()
      answer = config.consent = 'denied'
    },
  }
}
