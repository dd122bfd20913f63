import type { IncomingMessage } from 'node:http'
import type { EpochMs } from '@sojourn/protocol'
import { tooMany } from '../limit/rate-limits.ts'
import { createTokenBuckets } from '../limit/token-buckets.ts'
import type { Problem } from '../problem.ts'

/** What was guessed: a browser with the cookie of an ended token goes on sending it, and must not shut out who types the new one. */
export type Guess = 'token' | 'cookie'

/** Slows down those who guess tokens. */
export interface GuessLimit {
  /** The 429 for a client that was wrong too often; to be asked before its guess is looked at, or it would learn from the answer. */
  problem(req: IncomingMessage, guess: Guess): Problem | undefined
  wrong(req: IncomingMessage, guess: Guess): void
}

/** So many wrong ones at once, then one in six seconds. */
const RULE = { perSecond: 1 / 6, burst: 10, maxCost: 1 }
const PROXY_HEADERS = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'] as const

/**
 * A limit by client. Programs of this machine are not limited; what comes through a proxy on it that `SOJOURN_TRUST_PROXY` does not name is, as
 * if it were one client.
 */
export function createGuessLimit(
  clientKey: (req: IncomingMessage) => string | undefined,
  clock: () => EpochMs,
): GuessLimit {
  const buckets = createTokenBuckets(RULE, clock)
  const keyOf = (req: IncomingMessage, guess: Guess) => {
    const isProxied = PROXY_HEADERS.some((name) => req.headers[name] !== undefined)
    const client = clientKey(req) ?? (isProxied ? 'a proxy' : undefined)
    return client === undefined ? undefined : `${guess} ${client}`
  }
  return {
    problem(req, guess) {
      const key = keyOf(req, guess)
      const waitMs = key === undefined ? 0 : buckets.take(key, 0)
      return waitMs > 0 ? tooMany('Too many wrong tokens came from this address.', waitMs) : undefined
    },
    wrong(req, guess) {
      const key = keyOf(req, guess)
      if (key !== undefined) buckets.charge(key, 1)
    },
  }
}
