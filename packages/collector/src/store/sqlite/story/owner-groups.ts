import type { Scope } from '../../../definition/definition.ts'
import type { Identities, Identity } from '../identities.ts'
import type { StoredFact } from './facts-reader.ts'
import { storyKeyOf } from './story-keys.ts'
import type { VisitorLinks } from './visitor-links.ts'

/** Facts of one owner, in the order in which they came. */
export interface OwnerGroup {
  readonly owner: Identity
  readonly facts: readonly StoredFact[]
}

/** Facts by whose they are; new identities are stored. */
export function groupByOwner(
  facts: readonly StoredFact[],
  scope: Scope,
  { identities, links }: { readonly identities: Identities; readonly links: VisitorLinks },
): readonly OwnerGroup[] {
  const groups = new Map<number, { readonly owner: Identity; readonly facts: StoredFact[] }>()
  for (const stored of facts) {
    const { event } = stored.fact
    const link = scope === 'profile' ? links.of(event.visitorId) : undefined
    const owner = identities.intern(storyKeyOf(scope, event, link))
    const group = groups.get(owner.row)
    if (group) group.facts.push(stored)
    else groups.set(owner.row, { owner, facts: [stored] })
  }
  return [...groups.values()]
}
