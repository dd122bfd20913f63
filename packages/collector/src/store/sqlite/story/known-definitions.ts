import { builtInDefinitions, RESERVED_NAMES } from '../../../definition/built-in.ts'
import type { Definition } from '../../../definition/definition.ts'
import type { FactsReader } from './facts-reader.ts'
import type { StoryRecord, StoryShelf } from './story-shelf.ts'
import { parseVersionedName } from './versioned-name.ts'

/** The definitions that there are: those on the shelf, the built-in ones, and the versions of both. */
export interface KnownDefinitions {
  find(name: string): StoryRecord | undefined
  isBuiltIn(name: string): boolean
  /** Names of all, but for the versions. */
  names(): readonly string[]
}

/** Over the shelf, and the sources whose types have definitions of their own. */
export function createKnownDefinitions(
  shelf: StoryShelf,
  facts: Pick<FactsReader, 'sources'>,
): KnownDefinitions {
  function builtIns(): readonly Definition[] {
    const types = facts.sources().map(({ type }) => type)
    return builtInDefinitions(types.filter((type) => type !== 'unknown')).filter(
      ({ name }) => name !== 'client',
    )
  }

  function find(name: string): StoryRecord | undefined {
    const builtIn = builtIns().find((definition) => definition.name === name)
    const kept = shelf.get(name) ?? versionOf(name)
    return kept ?? (builtIn && { wanted: { definition: builtIn, version: 1, build: 0 } })
  }

  /** A version of a definition is told as a definition of its own, under the name that asks for it. */
  function versionOf(name: string): StoryRecord | undefined {
    const asked = parseVersionedName(name)
    const record = asked && find(asked.name)
    const versions = record ? [...(record.earlier ?? []), record.wanted] : []
    const found = versions.find(({ version }) => version === asked?.version)
    return (
      found && { wanted: { definition: { ...found.definition, name }, version: found.version, build: 0 } }
    )
  }

  return {
    find,
    isBuiltIn: (name) =>
      (RESERVED_NAMES as readonly string[]).includes(name) || builtIns().some((each) => each.name === name),
    names() {
      const kept = shelf.all().map(({ wanted }) => wanted.definition.name)
      const names = new Set([...builtIns().map(({ name }) => name), ...kept])
      return [...names].filter((name) => !parseVersionedName(name))
    },
  }
}
