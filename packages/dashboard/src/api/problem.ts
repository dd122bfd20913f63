/**
 * Why a request brought no answer, in the kinds the pages tell apart.
 *
 * - `signed-out`: 401; the login page follows
 * - `missing`: 404 or 501; there is no such thing, or this collector does not offer it
 * - `refused`: another 4xx; what was asked for is wrong, and `message` says what
 * - `telling`: the sessions of a definition are told for the first time, and are not all there yet
 * - `busy`: 429 or any other 503; asking again later helps
 * - `broken`: another 5xx, or an answer that is no JSON
 * - `unreachable`: no answer at all
 */
export type ProblemKind =
  'signed-out' | 'read-only' | 'missing' | 'refused' | 'telling' | 'busy' | 'broken' | 'unreachable'

/** A failed request, told to the viewer: what happened, and what to do about it. */
export interface Problem {
  readonly kind: ProblemKind
  readonly message: string
  readonly advice: string
  /** Everything that is wrong, one sentence each, where the collector lists it. */
  readonly errors?: readonly string[]
  /** HTTP status; absent when nothing answered. */
  readonly status?: number
}

const ADVICE: Readonly<Record<ProblemKind, string>> = {
  'signed-out': 'Log in with the link that the collector printed when it started.',
  'read-only': 'Log out, and log in with the admin token.',
  missing: 'It may have been removed, or the collector may be older than this dashboard.',
  refused: 'Change what you asked for, then try again.',
  telling: 'That takes a moment the first time a definition is asked for. This page goes on by itself.',
  busy: 'The collector is busy or its disk is full. Try again in a moment; sending sites keep their events meanwhile.',
  broken: 'The collector’s log says more. If it happens again, please report it with the request id.',
  unreachable: 'Is the collector running, and are you online? This page goes on as soon as it answers.',
}

/** Tells a status code apart; `undefined` stands for "no answer". */
export function problemKind(status: number | undefined): ProblemKind {
  if (status === undefined) return 'unreachable'
  if (status === 401) return 'signed-out'
  if (status === 404 || status === 501) return 'missing'
  if (status === 429 || status === 503) return 'busy'
  return status >= 400 && status < 500 ? 'refused' : 'broken'
}

/** What a problem document says beside its status: its `detail`, else `title`, all that is wrong, and which of several causes it was. */
export interface ProblemWords {
  readonly sentence?: string | undefined
  readonly errors?: readonly string[]
  readonly reason?: string | undefined
}

/** Reasons that say more than their status. */
const REASONS: Readonly<Record<string, ProblemKind>> = { still_telling: 'telling', read_only: 'read-only' }

/** Makes a problem of a status and of what the collector said with it (RFC 9457). */
export function problemOf(
  status: number | undefined,
  { sentence, errors = [], reason }: ProblemWords = {},
): Problem {
  const kind = REASONS[reason ?? ''] ?? problemKind(status)
  const message =
    sentence ??
    (status === undefined ? 'The collector does not answer.' : `The collector answered ${status}.`)
  return {
    kind,
    message,
    advice: ADVICE[kind],
    ...(errors.length > 0 && { errors }),
    ...(status === undefined ? {} : { status }),
  }
}
