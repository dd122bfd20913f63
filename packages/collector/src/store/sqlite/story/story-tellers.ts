import { compileRules } from '../../../definition/compile-rules.ts'
import type { Rules } from '../../../definition/compile-rules.ts'
import type { Definition } from '../../../definition/definition.ts'
import type { LiveSessions } from '../live-sessions.ts'
import type { StoreParts } from '../store-parts.ts'
import type { Tuning } from '../tuning.ts'
import type { AdmittedSources } from './admitted-sources.ts'
import type { FactsReader } from './facts-reader.ts'
import { createLoadClientKey } from './client-key-state.ts'
import { createLoadKey } from './key-state.ts'
import type { PackedEvents } from './packed-events.ts'
import type { RowSessions } from './row-sessions.ts'
import { createToColumns } from './rule-columns.ts'
import type { SessionStarts } from './session-starts.ts'
import { createTellAgain } from './tell-again.ts'
import type { TellAgain } from './tell-again.ts'
import { createTellOnward } from './tell-onward.ts'
import type { TellOnward } from './tell-onward.ts'
import type { ToldEvents } from './told-events.ts'
import type { ToldSessions } from './told-sessions.ts'

/** What tells a key's events by the rules as they are now. */
export interface StoryTellers {
  readonly rules: Rules
  readonly again: TellAgain
  readonly onward: TellOnward
}

/** What reads and writes a story. */
export interface StoryTables {
  readonly sessions: LiveSessions
  readonly rows: RowSessions
  readonly told: ToldEvents
  readonly packed: PackedEvents
  readonly story: ToldSessions
  readonly facts: FactsReader
  readonly starts: SessionStarts
}

/** Holds for as long as the sources that take part do not change. */
export function createStoryTellers(
  definition: Definition,
  {
    parts,
    sources,
    tuning: { storyKeys, storyWindow },
  }: { readonly parts: StoreParts; readonly sources: AdmittedSources; readonly tuning: Tuning },
  tables: StoryTables,
): StoryTellers {
  const rules = compileRules(definition, {
    nameNumber: (name) => parts.words.intern(name),
    sourceNumbers: () => sources.rows() ?? [],
  })
  const common = { ...tables, toColumns: createToColumns(rules, definition.property, parts.words) }
  return {
    rules,
    again: createTellAgain(rules, common),
    onward: createTellOnward(rules, {
      ...common,
      load: rules.byClient
        ? createLoadClientKey(rules, { ...common, shortestWindow: storyWindow })
        : createLoadKey(rules, common),
      rememberedKeys: storyKeys,
    }),
  }
}
