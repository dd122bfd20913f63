import type { Health } from '@sojourn/protocol'
import { wholeNumber } from '../words/number.ts'

/** Something that somebody should look at, and what to do about it. */
export interface Verdict {
  readonly mood: 'bad' | 'warn'
  readonly words: string
  readonly advice: string
}

/** A commit that takes longer than this is worth a word, in ms. */
const SLOW_COMMIT_MS = 250

/** What is wrong, the worst first; nothing when all is well. */
export function verdictsOf(health: Health): readonly Verdict[] {
  const rejected = rejectedCount(health)
  const missing = health.sequenceGaps.reduce((sum, gap) => sum + gap.missing, 0)
  const { failed, p99Ms = 0 } = health.commits
  const all: readonly (Verdict | false)[] = [
    health.damage !== undefined && {
      mood: 'bad',
      words: 'The stored data is damaged',
      advice: `${health.damage.last} Run “sojourn verify” to see what else is, and “sojourn restore” to put a backup in its place.`,
    },
    failed > 0 && {
      mood: 'bad',
      words: `Commits failed: ${wholeNumber(failed)}`,
      advice: 'Is the disk full or read-only? Senders keep their events and try again; the log says more.',
    },
    rejected > 0 && {
      mood: 'warn',
      words: `Events rejected: ${wholeNumber(rejected)}`,
      advice: 'The reasons and the latest examples stand below. Rejected events are not stored.',
    },
    missing > 0 && {
      mood: 'warn',
      words: `Events that have not arrived: ${wholeNumber(missing)}`,
      advice:
        'Tabs number their events, and these numbers are open. They may still be on their way, from closed tabs too.',
    },
    health.events.dropped > 0 && {
      mood: 'warn',
      words: `Events dropped by senders: ${wholeNumber(health.events.dropped)}`,
      advice: 'Their storage was full before the collector could be reached. Was it down for long?',
    },
    p99Ms > SLOW_COMMIT_MS && {
      mood: 'warn',
      words: 'Commits are slow',
      advice: 'The slowest of a hundred takes over a quarter of a second. Is the disk shared or worn?',
    },
  ]
  return all.filter((verdict) => verdict !== false)
}

/** How many events were rejected, for any reason. */
export function rejectedCount({ events }: Health): number {
  return Object.values(events.rejected).reduce((sum, count) => sum + count, 0)
}
