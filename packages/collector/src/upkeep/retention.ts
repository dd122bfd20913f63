import type { EpochMs } from '@sojourn/protocol'
import type { Logger } from 'pino'
import type { Store } from '../store/store.ts'

const DAY_MS = 86_400_000
/** Looked at this often; a new day is the reason to do anything. */
const LOOK_EVERY_MS = 60_000

/** What to keep. */
export interface RetentionParts {
  /** Events are kept for so long, in ms: whole days. */
  readonly keepMs: number
  readonly store: Pick<Store, 'forgetBefore'>
  readonly now: () => EpochMs
  readonly log: Pick<Logger, 'info' | 'error'>
}

/** Removes once a day, and at the start, what is older than the rule allows. `stop` resolves when what has begun is over. */
export function startRetention(parts: RetentionParts): { stop(): Promise<void> } {
  let doneFor: EpochMs | undefined
  let running: Promise<void> = Promise.resolve()
  let isRunning = false

  async function look(): Promise<void> {
    const before = retentionLimit(parts.now(), parts.keepMs)
    if (isRunning || before === doneFor) return
    isRunning = true
    try {
      const gone = await parts.store.forgetBefore(before)
      doneFor = before
      if (gone.events > 0)
        parts.log.info({ ...gone, before: new Date(before).toISOString() }, 'forgot old events')
    } catch (error) {
      parts.log.error({ err: error }, 'old events could not be removed; the next try is in a minute')
    } finally {
      isRunning = false
    }
  }

  const begin = (): void => {
    running = look()
  }
  const timer = setInterval(begin, LOOK_EVERY_MS).unref()
  begin()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** Events before this are too old: the start of the UTC day that began so long ago, so that there is something to do once a day. */
export function retentionLimit(now: EpochMs, keepMs: number): EpochMs {
  const limit = now - keepMs
  return limit - (((limit % DAY_MS) + DAY_MS) % DAY_MS)
}
