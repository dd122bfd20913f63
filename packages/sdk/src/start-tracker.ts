import { FIRST, GRANTED, NUMBER, VISITOR, begin } from '@sojourn/protocol'
import type { EpochMs, EventType, SharedState } from '@sojourn/protocol'
import { attempt } from './attempt.ts'
import { createCookieJar } from './cookie-jar.ts'
import { eventBody } from './event-body.ts'
import { createEventQueue } from './event-queue.ts'
import type { Config } from './options.ts'
import { pageContext } from './page-context.ts'
import { FIRST_OF_ALL, PAGE_VIEW, PASSIVE } from './part.ts'
import type { Automatic, Core, Details, Early, Seams } from './part.ts'
import { randomId } from './random-id.ts'
import { createSessionKeeper } from './session-keeper.ts'
import { createSharedState } from './shared-state.ts'
import { openStorage } from './storage.ts'
import type { Tracker } from './tracker.ts'

/** For messages between tabs, in the storage; never stays. */
const MESSAGE_KEY = 'sj_m'
/** Most calls that wait. A page that calls more often before it is shown loses the first ones. */
const MAX_WAITING = 1_000

/** Gives what starts a tracker with these seams. Nothing of it throws into the page; on a server it does nothing. */
export const createStarter = (seams: Seams) => {
  const start = (config: Config, parts: readonly Automatic[], early?: Early): Tracker => {
    const storage = openStorage()
    const jar = createCookieJar(storage)
    const [, writeCookie, domain] = jar
    const nodes = randomId().slice(18)
    let seq = 1
    const calls: (readonly [run: () => void, kind: number])[] = []
    let isShown: unknown
    let earlier: EpochMs | undefined
    /** Which session the listeners have heard of. */
    let known: string | undefined
    const privacy = globalThis.document && seams._signals?.()

    /** True, which counts as 1, where a tracker may work at all: in a browser whose signals do not forbid it. */
    const isAllowed = (globalThis.document && !seams._forbids?.(config, privacy)) as unknown as number
    const isGranted = (): unknown => core._answer && (core._answer < 2 || read()?.[GRANTED])

    /** What is shared, where that may be looked at. */
    const granted = (): SharedState | undefined => (isGranted() ? read() : undefined)

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
      if (!core._answer) return
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
    const [open, stamp] = createSessionKeeper(config, storage, jar, shared, () => core._user, seams)
    const [add, send, drain, sendSoon, sendAgain, clear, lose] = createEventQueue(
      config,
      storage,
      nodes,
      privacy,
      isGranted,
      () => answered?.(),
      seams,
    )

    const record = (type: EventType, details: Details, name?: unknown): unknown =>
      attempt(() => {
        const time = earlier ?? Date.now()
        const page = details._page ?? pageContext(config, domain, seams)
        const isView = type === 'page'
        const campaign = isView && seams._campaign?.(config)
        const body = eventBody(name, details)
        const passive = body.passive
        enter(
          () => {
            const place = { _stamp: details._stamp ?? stamp(time, passive, campaign), _page: page }
            // A UUIDv7 (RFC 9562): the time with a counter added (section 6.2), because clocks may stand still, and what no other tab has.
            const id = `0${(time + seq).toString(16)}-${7_000 + (seq % 1_000)}${nodes}`.replace(/.{8}/, '$&-')
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
            seams._heard?.(config, event)
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
      tellListeners?.(session)
    }

    const core: Core = {
      _config: config,
      _answer: isAllowed,
      _current: current,
      _write: write,
      _domain: domain,
      _granted: granted,
      _record: record,
      _enter: enter,
      _retry: retry,
      _listen: (types, listener, target = window) => {
        for (const type of types.split(' '))
          target.addEventListener(type, (event) => attempt(() => listener(event as never)), true)
      },
    }

    const [answered, hear, consentMethods] =
      seams._consent?.(core, config, storage, writeCookie, commit, drop, calls, clear, tell) ?? []

    const [tellListeners, listenerMethods] = seams._listeners?.() ?? []
    const userMethods = seams._knownUser?.(core, storage)
    const sessionMethods = seams._byHand?.(core)

    if (core._answer) {
      announce()
      for (const part of parts) attempt(() => part(core))
      early?.((time) => (earlier = time))
      core._listen(
        'visibilitychange prerenderingchange online pagehide storage',
        ({ type, key, newValue }: StorageEvent) => {
          if ((key ?? MESSAGE_KEY) !== MESSAGE_KEY) return
          hear?.(newValue!)
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
      ...userMethods,
      session() {
        const state = granted()
        return open(
          state && !state[NUMBER] && calls.some(([, kind]) => kind < PASSIVE)
            ? begin(state, Date.now(), FIRST)
            : state,
        )
      },
      ...sessionMethods,
      ...listenerMethods,
      ...consentMethods,
      flush: send as () => Promise<void>,
      stop() {
        isReady(true)
        retry()
        commit()
        core._answer = core._given = 0
      },
    } as Tracker
  }
  return start
}
