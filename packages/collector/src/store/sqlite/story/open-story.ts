import type { Tuning } from '../tuning.ts'
import type { NextStory } from './editions.ts'
import { EventGone } from './facts-reader.ts'
import type { Edition } from './story-shelf.ts'
import type { Story } from './story.ts'

/** What is open of a definition. */
export interface OpenStory {
  ready?: { readonly edition: Edition; readonly story: Story }
  /** When somebody read it last, by `performance.now()`. */
  readAt: number
  next?: NextStory
}

/** What goes on is written this long after it was told, or when somebody looks. */
export const WRITE_AFTER_MS = 4_000

/**
 * Takes what readers see one slice further, and scores some of it again. It may point to events that were removed: then it stays as it is,
 * while the next one is told.
 */
export function advanceReady(
  { ready, next }: OpenStory,
  { storySlice, rescoreSlice }: Tuning,
): { readonly told: boolean; readonly isRescored: boolean } {
  try {
    if (!ready) return { told: false, isRescored: false }
    const { story } = ready
    const told = story.tell(storySlice) > 0
    if ((story.unwrittenMs() ?? 0) >= WRITE_AFTER_MS) story.write()
    return { told, isRescored: story.rescore.step(rescoreSlice) }
  } catch (error) {
    if (!next || !(error instanceof EventGone)) throw error
    return { told: false, isRescored: false }
  }
}
