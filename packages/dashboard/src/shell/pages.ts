import type { Feature } from '../api/features.ts'
import type { IconName } from '../design/icon.tsx'

/** A page of the dashboard, as the navigation shows it. */
export interface PageEntry {
  /** First part of the place's path. */
  readonly name: string
  readonly words: string
  readonly icon: IconName
  /** Shown only if the collector offers this. */
  readonly needs?: Feature
}

/** All pages, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  { name: 'overview', words: 'Overview', icon: 'overview', needs: 'metrics' },
  { name: 'live', words: 'Live', icon: 'live' },
  { name: 'sessions', words: 'Sessions', icon: 'sessions' },
  { name: 'profiles', words: 'Profiles', icon: 'profiles', needs: 'profiles' },
  { name: 'definitions', words: 'Definitions', icon: 'definitions', needs: 'definitions' },
  { name: 'scoring', words: 'Points and goals', icon: 'scoring', needs: 'scoring' },
  { name: 'sources', words: 'Sources', icon: 'sources' },
  { name: 'health', words: 'Health', icon: 'health', needs: 'health' },
]

/** The pages this collector can fill. */
export function offeredPages(features: ReadonlySet<Feature>): readonly PageEntry[] {
  return PAGES.filter((page) => page.needs === undefined || features.has(page.needs))
}
