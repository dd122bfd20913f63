import type { EpochMs, Lifecycle } from '@sojourn/protocol'

/** How far back another session keeps a profile active, in ms: 30 days. */
export const ACTIVE_MS = 30 * 86_400_000

/**
 * Where a profile stands at a product session: `new` when it had no earlier one, `active` when the one before started in the 30 days
 * before this one (to the millisecond, 30 days before included, as ranges include their beginning), else `resurrected`. Only the session
 * right before matters; of two that start at once the one with the earlier first event id is before.
 */
export function lifecycleOf(start: EpochMs, previousStart: EpochMs | undefined): Lifecycle {
  if (previousStart === undefined) return 'new'
  return start - previousStart <= ACTIVE_MS ? 'active' : 'resurrected'
}
