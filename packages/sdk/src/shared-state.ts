import {
  SESSION_COOKIE,
  VISITOR_COOKIE,
  anchor,
  extend,
  parseSessionText,
  parseVisitorText,
  sessionId,
  sessionText,
  visitorText,
} from '@sojourn/protocol'
import type { SessionState, VisitorState } from '@sojourn/protocol'
import type { CookieJar } from './cookie-jar.ts'
import type { Environment } from './environment.ts'
import { randomId } from './random-id.ts'

/** Tabs that open at the same instant have agreed on a visitor after this long, in ms: also those on sub-domains, which share no locks. */
const SETTLE_MS = 1_000

/** What all tabs share. */
export interface Shared extends VisitorState {
  readonly session?: SessionState | undefined
}

/** The shared state, read anew in each task: no tab trusts its memory. */
export interface SharedState {
  read(): Shared | undefined
  /** The state, of a new visitor where there is none yet. */
  readOrCreate(): Shared
  /** Changes the state: for this tab at once, for all at the end of the task, so that a loop of events costs one write. */
  write(next: Shared): void
  /** Writes now what would be written at the end of the task. */
  commit(): void
  /** Resolves when all tabs have the same visitor; undefined when they have. */
  settled(): Promise<void> | undefined
  forget(): void
}

/**
 * The shared state in this jar. `restamp` is called when this tab made up a visitor and another tab was first: what this tab has
 * recorded for the one belongs to the other.
 */
export function createSharedState(
  { locks, now }: Environment,
  jar: CookieJar,
  restamp: (from: string, to: string) => void,
): SharedState {
  let seen: string | undefined
  let stored: Shared | undefined
  /** What this tab has decided and not yet stored, or what the browser does not store. */
  let mine: Shared | undefined
  /** The visitor that this tab made up, until all tabs have agreed on one. */
  let created: string | undefined
  let settling: Promise<void> | undefined

  function load(): Shared | undefined {
    const text = jar.all()
    if (text !== seen) {
      seen = text
      const visitor = parseVisitorText(jar.read(VISITOR_COOKIE))
      const session = parseSessionText(jar.read(SESSION_COOKIE))
      stored = visitor && {
        ...visitor,
        session: session ? ofVisitor(visitor, session) : lostSession(visitor),
      }
    }
    return stored
  }

  function store(next: Shared, theirs?: Shared): void {
    const { session, visitorId, userMarker } = next
    const number = session?.number ?? 0
    // The session first: a tab that reads in between does not see it as another visitor's.
    if (session?.id) jar.write(SESSION_COOKIE, sessionText(session))
    if (theirs?.number !== number || theirs.visitorId !== visitorId || theirs.userMarker !== userMarker)
      jar.write(VISITOR_COOKIE, visitorText({ visitorId, userMarker, number }))
  }

  function commit(): void {
    const theirs = load()
    if (theirs && created && created !== theirs.visitorId) {
      const { number = 1, over } = theirs.session ?? {}
      // Only another first visit is ours as well; another user's visitor is not.
      const isFirstVisit = number === 1 && !over
      if (isFirstVisit) restamp(created, theirs.visitorId)
      created = isFirstVisit ? theirs.visitorId : undefined
    }
    if (!mine) return
    const { session } = mine
    const there = theirs?.session
    // Where another tab has gone further meanwhile, that is what counts.
    if (theirs?.visitorId !== (theirs && mine.visitorId) || (there?.number ?? 0) > (session?.number ?? 0)) {
      mine = undefined
      return
    }
    store(session && session.id === there?.id ? { ...mine, session: join(there, session) } : mine, theirs)
    if (load()) mine = undefined
  }

  function settle(): void {
    commit()
    created = settling = undefined
  }

  const read = () => mine ?? load()

  return {
    read,
    readOrCreate() {
      let shared = read()
      const session = shared?.session
      const isYoung = session?.number === 1 && now() - session.startedAt < SETTLE_MS
      if ((!shared || isYoung) && !settling) {
        shared ??= mine = { visitorId: randomId(), number: 0 }
        created = shared.visitorId
        // Under a lock, and so not before it is this tab's turn: hardly a tab sees a visitor that another then replaces.
        const turn = locks?.request(VISITOR_COOKIE, commit) ?? Promise.resolve().then(commit)
        settling = turn
          .catch(commit)
          .then(() => new Promise((done) => setTimeout(done, SETTLE_MS)))
          .then(settle)
      }
      return shared!
    },
    write(next) {
      const theirs = stored
      if (next.visitorId !== created) created = undefined
      if (theirs && theirs.visitorId !== next.visitorId) {
        mine = undefined
        store(next, theirs)
      } else {
        if (!mine) queueMicrotask(commit)
        mine = next
      }
    },
    commit,
    settled: () => settling,
    forget() {
      seen = stored = mine = created = undefined
    },
  }
}

/** One session as two tabs know it: with the activity of both, and over if one has ended it. */
function join(there: SessionState, here: SessionState): SessionState {
  return { ...here, ...extend(anchor(there, here.lastActivity), here.lastActivity) }
}

/**
 * The session, under the id that it has for this visitor. Tabs that open at the same instant may leave the one's visitor beside the
 * other's session: two cookies are not written at once.
 */
function ofVisitor({ visitorId }: VisitorState, session: SessionState): SessionState {
  const isFirst = session.startReason === 'first' && !session.over
  return isFirst ? { ...session, id: sessionId(visitorId, session.number) } : session
}

/** Where only the session's cookie was lost (Safari keeps those that scripts write for a week), its number still counts. */
function lostSession({ number }: VisitorState): SessionState | undefined {
  return number ? { id: '', number, startedAt: 0, lastActivity: 0, startReason: 'first' } : undefined
}
