import type { KeptDefinition } from '../../kept-definition.ts'
import { isSameEdition } from './story-shelf.ts'
import type { StoryRecord } from './story-shelf.ts'

/** A definition as it is kept, and how far it is told. `progress` is that of the edition which is being told, 0 to 1; undefined where none is. */
export function describeStory(
  { wanted, ready, earlier = [] }: StoryRecord,
  { isBuiltIn, progress }: { readonly isBuiltIn: boolean; readonly progress: number | undefined },
): KeptDefinition {
  const { definition, version } = wanted
  const common = { definition, version, earlier, isBuiltIn }
  if (isSameEdition(wanted, ready)) return { ...common, status: 'ready', progress: 1 }
  if (progress === undefined) return { ...common, status: 'idle', progress: 0 }
  return { ...common, status: 'building', progress }
}
