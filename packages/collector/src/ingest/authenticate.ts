import type { Problem } from '../problem.ts'
import type { Source } from '../store/store.ts'
import type { SourceDirectory } from './source-directory.ts'

export type Authenticated =
  { readonly ok: true; readonly source: Source } | { readonly ok: false; readonly problem: Problem }

/**
 * The source that a write key stands for, if this origin may send for it. `origin` is the request's header as browsers serialise it
 * (lower case, without a default port), compared whole: no patterns, no suffixes. Servers send none, and may; `null` is an origin like any other.
 */
export function authenticate(
  writeKey: string,
  origin: string | undefined,
  sources: SourceDirectory,
): Authenticated {
  const source = sources.byWriteKey(writeKey)
  if (!source)
    return refuse({
      kind: 'unknown_write_key',
      detail: 'No source has this write key. The sources and their keys are listed at /v1/sources.',
    })
  if (source.origins.length > 0 && origin !== undefined && !source.origins.includes(origin))
    return refuse({
      kind: 'foreign_origin',
      detail:
        'The source names the origins that may send for it, and the origin of this page is not among them.',
    })
  return { ok: true, source }
}

function refuse(problem: Problem): Authenticated {
  return { ok: false, problem }
}
