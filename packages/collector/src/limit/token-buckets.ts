import type { EpochMs } from '@sojourn/protocol'

/** Token buckets by key: each key has a budget of its own, so that one never uses up another's. */
export interface TokenBuckets {
  /**
   * Spends `cost` and returns 0 where the bucket holds a token; else spends nothing and returns after how many ms to ask again. A cost above
   * what is left is let through, and paid off before the next one: no batch is too large to ever pass.
   */
  take(key: string, cost: number): number
  /** Spends `cost` in any case. */
  charge(key: string, cost: number): void
}

/** What each bucket of a kind holds. */
export interface BucketRule {
  readonly perSecond: number
  /** How much of it can be spent at once. */
  readonly burst: number
  /** The largest cost there is. */
  readonly maxCost: number
}

/** Keys that are remembered at most. Beyond it those that were not heard of for longest go first, and begin anew. */
const MAX_KEYS = 50_000
const LOOKED_AT = 10

/**
 * Buckets as the generic cell rate algorithm keeps them (ITU-T I.371): one number a key, the time at which its bucket would be full again.
 * A clock that is set back costs no key more than its largest debt.
 */
export function createTokenBuckets(
  rule: BucketRule,
  clock: () => EpochMs,
  maxKeys: number = MAX_KEYS,
): TokenBuckets {
  const msPerToken = 1_000 / rule.perSecond
  const burstMs = rule.burst * msPerToken
  const longestMs = burstMs + rule.maxCost * msPerToken
  const fullAt = new Map<string, EpochMs>()

  function refillMs(key: string, now: EpochMs): number {
    const missing = Math.max((fullAt.get(key) ?? 0) - now, 0)
    if (missing <= longestMs) return missing
    fullAt.set(key, now + longestMs)
    return longestMs
  }

  function spend(key: string, cost: number, now: EpochMs): void {
    const missing = refillMs(key, now) + cost * msPerToken
    // A Map keeps the order of insertion, so that the key heard of last stands last.
    fullAt.delete(key)
    if (fullAt.size >= maxKeys) forgetSome(now)
    fullAt.set(key, now + missing)
  }

  /** Buckets that are full again need not be remembered. Where the oldest are not, the very oldest has to go. */
  function forgetSome(now: EpochMs): void {
    let looked = 0
    for (const [key, at] of fullAt) {
      if (at <= now || looked === 0) fullAt.delete(key)
      if (++looked === LOOKED_AT) return
    }
  }

  return {
    take(key, cost) {
      const now = clock()
      const waitMs = refillMs(key, now) + msPerToken - burstMs
      if (waitMs > 0) return waitMs
      spend(key, cost, now)
      return 0
    },
    charge: (key, cost) => spend(key, cost, clock()),
  }
}
