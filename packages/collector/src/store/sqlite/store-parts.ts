import { createContexts } from './contexts.ts'
import type { Contexts } from './contexts.ts'
import { createIdentities } from './identities.ts'
import type { Identities } from './identities.ts'
import type { SqliteDatabase } from './open-database.ts'
import { createRulebooks } from './rulebooks.ts'
import type { Rulebooks } from './rulebooks.ts'
import { createSessionStates } from './session-states.ts'
import type { SessionStates } from './session-states.ts'
import { createSources } from './sources.ts'
import type { Sources } from './sources.ts'
import { createWords } from './words.ts'
import { TUNING } from './tuning.ts'
import type { Tuning } from './tuning.ts'
import type { Words } from './words.ts'

/** The tables that events and sessions point into, over one connection. */
export interface StoreParts {
  readonly words: Words
  readonly contexts: Contexts
  readonly states: SessionStates
  readonly identities: Identities
  readonly sources: Sources
  readonly rulebooks: Rulebooks
  /** SQL for the name of an event `e`, where its words are not those of the sessions. */
  readonly eventName?: string
  /** Rows of the sessions that hold an event of a visitor, where a session can be of several. */
  readonly visitorSessions?: (visitorId: string) => readonly number[]
  /** SQL for the lifecycle of a session `s`; absent where sessions are not told by profile, and so have none. */
  readonly lifecycle?: string
}

/** Prepares their statements. */
export function createStoreParts(db: SqliteDatabase, { foldedEvents }: Tuning = TUNING): StoreParts {
  const contexts = createContexts(db)
  const sources = createSources(db)
  const words = createWords(db)
  return {
    words,
    contexts,
    states: createSessionStates(db, { contexts, sources, words }, foldedEvents),
    identities: createIdentities(db),
    sources,
    rulebooks: createRulebooks(db),
  }
}

/** Lets all of them forget what they remember: a transaction was undone, or someone else wrote. */
export function forgetParts({ words, contexts, identities, sources, rulebooks }: StoreParts): void {
  for (const part of [words, contexts, identities, sources, rulebooks]) part.forget()
}
