import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { Definition } from '../api/definition.ts'
import { versionBefore, versionName } from './comparable-names.ts'

/** Leads to what the last change of a definition made of the same events; nothing where it was never changed. */
export function VersionLink({ definition }: { readonly definition: Definition }): JSX.Element | null {
  const before = versionBefore(definition)
  if (before === undefined) return null
  const { name } = definition
  return (
    <a href={placeLink(['definitions', 'compare'], { first: versionName(name, before), second: name })}>
      Compare<span class="unseen"> {name}</span> with version {before}
    </a>
  )
}
