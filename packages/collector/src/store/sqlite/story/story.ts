import type { EpochMs, SessionObject } from '@sojourn/protocol'
import type { Definition } from '../../../definition/definition.ts'
import type { SessionsQuery } from '../../queries.ts'
import type { Page, StoredEvent } from '../../store.ts'
import { createIdentities } from '../identities.ts'
import type { EventsPage } from '../read-events.ts'
import { createReadMetrics } from '../read-metrics.ts'
import type { ReadMetrics } from '../read-metrics.ts'
import { createReadSessions } from '../read-sessions.ts'
import { LIFECYCLE } from '../session-lifecycle.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Tuning } from '../tuning.ts'
import { createWords } from '../words.ts'
import type { FactsReader } from './facts-reader.ts'
import { createFoldedStates } from './folded-states.ts'
import { createReadGaps } from './read-gaps.ts'
import type { ReadGaps } from './read-gaps.ts'
import { createReadProfiles } from './read-profiles.ts'
import type { ReadProfiles } from './read-profiles.ts'
import { createReadSessionEvents } from './read-session-events.ts'
import { createSessionOfEvent } from './session-of-event.ts'
import type { SessionOfEvent } from './session-of-event.ts'
import { createVisitorSessions } from './visitor-sessions.ts'
import { openStoryFile } from './story-file.ts'
import { createTellStory } from './tell-story.ts'
import type { TellStory } from './tell-story.ts'

/** The facts that stories are told of. */
export interface FactsFile {
  readonly path: string
  readonly facts: FactsReader
  readonly parts: StoreParts
}

/** The sessions of one definition: what tells them, and what reads them as they were when `advance` returned last. */
export interface Story extends TellStory {
  readonly path: string
  list(query: SessionsQuery): Page<SessionObject>
  one(id: string, now: EpochMs): SessionObject | undefined
  events(id: string, page: EventsPage): Page<StoredEvent> | undefined
  readonly sessionOfEvent: SessionOfEvent
  readonly metrics: ReadMetrics
  readonly gaps: ReadGaps
  readonly profiles: ReadProfiles
  close(): void
}

/** What is read repeats less than what is told. */
const REMEMBERED = 1_000

/** Opens the story in a file, which is made where it is missing. */
export function openStory(path: string, definition: Definition, file: FactsFile, tuning: Tuning): Story {
  const { writer, reader, close } = openStoryFile(path, file.path)
  const { facts, parts: shared } = file
  const { name } = definition
  const identities = createIdentities(reader, REMEMBERED)
  const owners = { scope: definition.scope, identities }
  const parts: StoreParts = {
    ...shared,
    words: createWords(reader, REMEMBERED),
    identities,
    states: createFoldedStates(reader, definition, facts),
    eventName: '(select text from facts.words where row = e.name_row)',
    ...(definition.scope === 'profile' && {
      lifecycle: LIFECYCLE,
      visitorSessions: createVisitorSessions(reader, owners),
    }),
  }
  const sessions = createReadSessions(reader, parts, tuning, name)
  const readEvents = createReadSessionEvents(reader, facts)
  const telling = createTellStory(writer, definition, { facts, shared, tuning })
  return {
    path,
    ...telling,
    list: (query) => sessions.list(query),
    one: (id, now) => sessions.one(name, id, now),
    events(id, page) {
      const row = sessions.row(name, id)
      return row === undefined ? undefined : readEvents(row, id, page)
    },
    sessionOfEvent: createSessionOfEvent(reader, owners),
    gaps: createReadGaps(reader),
    profiles: createReadProfiles(reader, parts),
    metrics: createReadMetrics(reader, parts, tuning, name),
    close() {
      try {
        telling.write()
      } catch {
        // What is not written is told again by whoever opens the story next.
      }
      close()
    },
  }
}
