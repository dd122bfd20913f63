import type { Environment } from './environment.ts'
import type { EventQueue } from './event-queue.ts'

/** How the keys of all stored queues begin. */
export const QUEUE_PREFIX = 'sj_q.'
/** Where there are no locks, what nobody has stored for this long, in ms, is a dead tab's. Taken in error it is sent twice, and kept once. */
const ABANDONED_MS = 60_000
/** What was stored longer ago, in ms, is dropped: 30 days. */
const MAX_AGE_MS = 2_592_000_000

/**
 * Marks the queue under this key as a living tab's, by a Web Lock of the same name. Returns a function that gives it up, as a page
 * has to before the browser may keep it in the back/forward cache: https://web.dev/articles/bfcache
 */
export function ownQueue({ locks }: Environment, key: string): () => void {
  let release!: () => void
  const held = new Promise<void>((done) => (release = done))
  locks?.request(key, () => held).catch(release)
  return release
}

/** Moves what dead tabs have left under keys of this prefix into the queue, which is stored before the other copy goes. */
export async function adoptQueues(
  { locks, now, load, save, keys }: Environment,
  prefix: string,
  { queue, own }: { readonly queue: EventQueue; readonly own: string },
): Promise<void> {
  for (const key of keys()) {
    if (!key.startsWith(prefix) || key === own) continue
    const adopt = () => {
      const [storedAt, ...events] = load(key).split('\n')
      const age = now() - +storedAt!
      if (!locks && age < ABANDONED_MS) return
      if (age < MAX_AGE_MS) events.forEach(queue.add)
      queue.store()
      save(key)
    }
    if (locks) await locks.request(key, { ifAvailable: true }, (lock) => lock && adopt())
    else adopt()
  }
}
