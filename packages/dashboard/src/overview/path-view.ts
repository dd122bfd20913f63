import type { Params } from '../api/request.ts'

/** Which ways are drawn: from the first pages on, or to the last ones, and those of all sessions or of those that reached a goal. */
export interface PathView {
  readonly end: 'entry' | 'exit'
  /** The goal that ends the ways; undefined: they end with the session. */
  readonly goal: string | undefined
}

/** The view that an address asks for: `ways=exit` for the last pages, `towards` for a goal. */
export function pathViewOf(params: Readonly<Record<string, string>>): PathView {
  return { end: params['ways'] === 'exit' ? 'exit' : 'entry', goal: params['towards'] || undefined }
}

/** What `GET /v1/metrics/paths` is asked for it, beside filters. */
export function pathQuery({ end, goal }: PathView): Params {
  return { until: goal, last: end === 'exit' ? true : undefined, partial: true }
}

/** The steps of a path from its fixed end on: those of ways to the exit begin with the last page. */
export function fromFixedEnd(steps: readonly string[], { end }: PathView): readonly string[] {
  return end === 'entry' ? steps : [...steps].reverse()
}

/** What the `at`th column shows, 0 for that at the fixed end. */
export function columnWords(at: number, { end, goal }: PathView): string {
  if (end === 'entry') return at === 0 ? 'Entry' : `Page ${at + 1}`
  if (at === 0) return goal === undefined ? 'Exit' : 'At the goal'
  return at === 1 ? '1 page before' : `${at} pages before`
}

/** The filters that find a block's sessions, whose pages from the fixed end on are `trail`. */
export function blockFilters(
  trail: readonly string[],
  view: PathView,
): Readonly<Record<string, string | undefined>> {
  const pages = JSON.stringify(fromFixedEnd(trail, view))
  return {
    ...(view.end === 'entry' ? { firstPages: pages } : { lastPages: pages }),
    ...(view.goal !== undefined && { goal: view.goal, pagesUntil: view.goal }),
  }
}
