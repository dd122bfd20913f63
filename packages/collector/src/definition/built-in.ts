import { DEFAULT_DEFINITION_TIMEOUT_MS } from './definition.ts'
import type { Definition } from './definition.ts'

/** Names that no definition of an owner's can have: the built-in ones, and the words that stand in their place in the read API's paths. */
export const RESERVED_NAMES = ['client', 'visits', 'cross-property', 'what-if', 'suggest', 'compare'] as const

const PLAIN = {
  by: 'gap',
  timeoutMs: DEFAULT_DEFINITION_TIMEOUT_MS,
  splitOn: [],
  startEvents: [],
  endEvents: [],
  passiveEvents: [],
} as const

/** The sessions as the browser stamped them. */
export const CLIENT: Definition = { ...PLAIN, name: 'client', scope: 'visitor', by: 'client' }

/**
 * The definitions that are always there: `client`, `visits` (30 min, visitor), `cross-property` (30 min, profile, all sources), and one
 * per source type, named for it (30 min, profile, only that type). A type that has one of the reserved names gets none.
 */
export function builtInDefinitions(sourceTypes: readonly string[]): readonly Definition[] {
  const reserved: readonly string[] = RESERVED_NAMES
  const types = [...new Set(sourceTypes)].filter((type) => !reserved.includes(type)).sort()
  return [
    CLIENT,
    { ...PLAIN, name: 'visits', scope: 'visitor' },
    { ...PLAIN, name: 'cross-property', scope: 'profile' },
    ...types.map((type): Definition => ({ ...PLAIN, name: type, scope: 'profile', sourceTypes: [type] })),
  ]
}
