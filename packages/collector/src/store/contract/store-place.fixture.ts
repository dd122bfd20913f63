import type { Store } from '../store.ts'

/** A place that a store keeps its data in: fresh at first, and opened again and again. */
export interface StorePlace {
  open(): Promise<Store>
  /** Closes what is open and removes the data. */
  remove(): Promise<void>
}

/** Makes a fresh place. */
export type MakeStorePlace = () => Promise<StorePlace>

/** Properties make dozens of stores, each with commits that wait for the disk. */
export const PROPERTY_TIMEOUT_MS = 120_000
