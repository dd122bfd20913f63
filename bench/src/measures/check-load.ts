import type { LoadResult } from '../load/drive.ts'

/** Throws when an answer was lost, was no 200, or did not account for every event: a rate of refused requests means nothing. */
export function checkLoad(result: LoadResult, batchEvents: number): void {
  const { requests, statuses, accepted, duplicates, rejected, fresh } = result
  if (statuses[200] !== requests)
    throw new Error(`of ${requests} requests not all were answered 200: ${JSON.stringify(statuses)}`)
  if (rejected > 0) throw new Error(`${rejected} events were rejected`)
  if (accepted + duplicates !== requests * batchEvents)
    throw new Error(`${requests * batchEvents} events were sent, and ${accepted + duplicates} accounted for`)
  if (accepted !== fresh) throw new Error(`${fresh} new events were sent, and ${accepted} accepted`)
}
