import type { ProfileSummary } from '@sojourn/protocol'

/** How a person is named: the user id, else the beginning of the profile's. */
export function profileWords({ id, userId }: Pick<ProfileSummary, 'id' | 'userId'>): string {
  return userId ?? `Anonymous ${id.slice(0, 8)}`
}
