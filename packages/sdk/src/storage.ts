import { attempt } from './attempt.ts'

/** Texts by key: `localStorage`, or a plain object where the browser refuses it, which forgets with the page. */
export type TextStorage = Record<string, string>

/** Reading the property throws where storage is blocked (HTML standard, section 12.2.3), and gives null in some web views. */
export const openStorage = (): TextStorage =>
  attempt(() => localStorage as unknown as TextStorage | null) ?? {}
