import type { Scope } from '../../../definition/definition.ts'
import type { Identities, Identity } from '../identities.ts'
import type { StoredFact } from './facts-reader.ts'
import { storyKeyOf } from './story-keys.ts'
import type { VisitorLinks } from './visitor-links.ts'

/** Facts by whose they are; new identities are stored. */
export function groupByOwner(
  facts: readonly StoredFact[],
  scope: Scope,
  { identities, links }: { readonly identities: Identities; readonly links: VisitorLinks },
): ReadonlyMap<Identity, readonly StoredFact[]> {
  const owners = new Map<string, Identity>()
  const groups = new Map<Identity, StoredFact[]>()
  for (const stored of facts) {
    const { event } = stored.fact
    const key = storyKeyOf(scope, event, scope === 'profile' ? links.of(event.visitorId) : undefined)
    const name = `${key.kind} ${key.id}`
    const owner = owners.get(name) ?? identities.intern(key)
    owners.set(name, owner)
    const group = groups.get(owner)
    if (group) group.push(stored)
    else groups.set(owner, [stored])
  }
  return groups
}
