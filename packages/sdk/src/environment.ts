import type { EpochMs } from '@sojourn/protocol'
import { attempt } from './attempt.ts'

/** What a tracker takes from outside its own document, so that a test can have it its way. Nothing of it throws. */
export interface Environment {
  now(): EpochMs
  /** Rejects where there is no network. */
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Web Locks; undefined on http, where browsers have none. */
  readonly locks: LockManager | undefined
  /** The text under this key of `localStorage`; empty where there is none, or no storage. */
  load(key: string): string
  /** Stores the text, or removes an empty one. False where the browser refuses, or has no room. */
  save(key: string, text?: string): boolean
  /** All keys of `localStorage`. */
  keys(): string[]
}

/** The browser's own clock, network, locks and storage. */
export function browserEnvironment(): Environment {
  // Reading the property throws where storage is blocked: HTML standard, section 12.2.3.
  const storage = attempt(() => localStorage)
  return {
    now: () => Date.now(),
    fetch: async (url, init) => fetch(url, init),
    locks: navigator.locks,
    load: (key) => attempt(() => storage!.getItem(key)) ?? '',
    save: (key, text) =>
      !!attempt(() => {
        if (text) storage!.setItem(key, text)
        else storage!.removeItem(key)
        return 1
      }),
    keys: () => Object.keys(storage ?? {}),
  }
}
