import type { EpochMs } from '@sojourn/protocol'
import { StoreDamaged } from '../store/store.ts'
import type { Store } from '../store/store.ts'

/** Damage of the stored data that was met since the process began. */
export interface DamageFigures {
  /** How often it was met: the same damage counts each time. */
  readonly count: number
  readonly lastAt: EpochMs
  readonly last: string
}

/** A store that is watched. */
export interface WatchedStore {
  /** The same store. */
  readonly store: Store
  /** Undefined while none was met. */
  damage(): DamageFigures | undefined
}

/** Notes whatever damage the calls of a store meet, and passes it on to the caller. */
export function watchDamage(store: Store, now: () => EpochMs): WatchedStore {
  let found: DamageFigures | undefined

  function note(error: unknown): never {
    if (error instanceof StoreDamaged)
      found = { count: (found?.count ?? 0) + 1, lastAt: now(), last: error.message }
    throw error
  }

  type Method = (...args: readonly unknown[]) => Promise<unknown>
  const watched = Object.fromEntries(
    Object.entries(store as unknown as Record<string, Method>).map(([name, method]) => [
      name,
      (...args: readonly unknown[]) => method(...args).catch(note),
    ]),
  )
  return { store: watched as unknown as Store, damage: () => found }
}
