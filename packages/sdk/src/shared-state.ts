import {
  LAST,
  NUMBER,
  OVER,
  STATE_COOKIE,
  VISITOR,
  VISITOR_COOKIE,
  anchor,
  parseStateText,
  stateText,
} from '@sojourn/protocol'
import type { SharedState } from '@sojourn/protocol'
import type { CookieJar } from './cookie-jar.ts'
import type { Config } from './options.ts'
import { randomId } from './random-id.ts'

/** Half of how long tabs that open at the same instant take to agree on a visitor, in ms. */
const ROUND_MS = 500

/**
 * What all tabs share, read anew in each task: no tab trusts its memory. `settled` is called when all tabs have agreed on a visitor.
 */
export const createSharedState = (
  [readCookie, writeCookie]: CookieJar,
  config: Config,
  isGranted: () => unknown,
  settled: () => void,
) => {
  /** What this tab has decided in this task. */
  let mine: SharedState | undefined
  /** The visitor this tab takes part for, while there is no session yet. */
  let candidate: SharedState | undefined
  let isSettling: unknown
  let isSettled: unknown

  const load = (): SharedState | undefined => {
    const state = parseStateText(readCookie(STATE_COOKIE)) ?? parseStateText(readCookie(VISITOR_COOKIE))
    return state && anchor(state, Date.now())
  }

  const read = (): SharedState | undefined => mine ?? load()

  /** A visitor without a session. */
  const fresh = (): SharedState => [0, 0, 0, 1, 0, 0, randomId(), '', '', '', '']

  /** What is decided on: the shared state, or a visitor of this tab's own. */
  const current = (): SharedState => read() ?? fresh()

  /** What is further on: a later session, or one that is over. */
  const rank = (state: SharedState): number => state[NUMBER] * 8 + state[OVER]

  const store = (state: SharedState): unknown => writeCookie(STATE_COOKIE, stateText(state))

  /** Writes now what would be written at the end of the task, unless another tab has gone further meanwhile. */
  const commit = (): void => {
    const theirs = load() ?? mine
    if (mine && rank(theirs!) <= rank(mine)) {
      mine[LAST] = Math.max(theirs![LAST], mine[LAST])
      store(mine)
    }
    mine = undefined
  }

  /** Changes the state: for this tab at once, for all at the end of the task, so that a loop of events costs one write. */
  const write = (next: SharedState): void => {
    if (!mine) queueMicrotask(commit)
    mine = next
  }

  /**
   * Agrees with tabs that open at the same instant: the least id wins, and is written again where another took its place, because
   * two processes of one browser may see two writes in two orders.
   */
  const settle = (rounds: number): void => {
    isSettling = isGranted()
    if (!isSettling) return
    const theirs = load()
    if (theirs && (theirs[NUMBER] || !(candidate && candidate[VISITOR] < theirs[VISITOR]))) candidate = theirs
    else store((candidate ??= fresh()))
    if (rounds) setTimeout(settle, ROUND_MS, rounds - 1)
    else {
      isSettled = 1
      settled()
    }
  }

  /** Whether all tabs have the same visitor; if not, they are on their way to it. With `now`, no more time is taken. */
  const isReady = (now?: boolean): unknown => {
    isSettled ||= now || (!isSettling && load()?.[NUMBER])
    if (!isSettled && !isSettling) settle(2)
    return isSettled
  }

  const drop = (): void => {
    mine = candidate = undefined
  }

  return [read, write, commit, current, isReady, drop] as const
}

export type SharedStateKeeper = ReturnType<typeof createSharedState>
