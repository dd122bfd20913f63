import type { Definition } from '../../../definition/definition.ts'
import type { KeptDefinition } from '../../kept-definition.ts'
import type { UnscoredSessions } from '../../kept-scoring.ts'
import type { Story } from './story.ts'

/** The stories of all definitions but `client`, told in the background and read when they are complete. */
export interface Stories {
  /** Reads the sessions of a definition, told of all events that are stored. Rejects with `NoSuchDefinition` and `StillTelling`. */
  read<Value>(name: string, use: (story: Story) => Value): Promise<Value>
  definitions(): readonly KeptDefinition[]
  put(definition: Definition): Promise<KeptDefinition>
  remove(name: string): Promise<boolean>
  rebuild(name: string): Promise<boolean>
  /** Events were removed: tells all stories anew. With `hide`, nobody reads the old ones from now on, and their files are gone. */
  retellAll(hide: boolean): Promise<void>
  /** What is to be scored again, of each story that is open. */
  unscored(): readonly UnscoredSessions[]
  /** Events were stored, or rules changed: stories that are kept up to date take them in soon. */
  wake(): void
  close(): void
}
