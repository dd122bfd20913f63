import type { Problem } from '../api/problem.ts'
import type { Answer } from '../api/request.ts'

/** Rows asked for at once. */
export const PAGE_ROWS = 100
/** Pages held in memory: those in sight and their neighbours. The others are read again by their cursor when they are scrolled to. */
export const MAX_HELD_PAGES = 12

/** One page as the API answers it. */
export interface RowsPage<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** Where a page begins: at the cursor that the page before led to or, where that has not been read, so many rows after the first. */
export type PageStart =
  { readonly cursor: string; readonly skip?: never } | { readonly cursor?: never; readonly skip: number }

export type LoadPage<Row> = (start: PageStart, signal: AbortSignal) => Promise<Answer<RowsPage<Row>>>

/** A list that is read page by page where it is scrolled to, and forgotten behind the viewer's back, so that a million rows fit. */
export interface RowStore<Row> {
  /** Rows known to be there so far, or expected. */
  count(): number
  /** True when the last page has been seen. */
  isComplete(): boolean
  isLoading(): boolean
  /** Undefined while its page is (again) on its way. */
  rowAt(index: number): Row | undefined
  /** Rows that are held now, in order. */
  held(): readonly Row[]
  problem(): Problem | undefined
  /** Says how many rows there are, as far as is known; where the last page turns out to end does better. */
  expect(rows: number): void
  /** Says which rows are in sight, `last` not included: missing pages are read, and those that scrolling on would come to. */
  show(first: number, last: number): void
  /** Reads on after a problem. */
  retry(): void
  /** Ends all reading. */
  stop(): void
}

/** Makes an empty list; `onChange` is called whenever an answer changed it. */
export function createRowStore<Row>(loadPage: LoadPage<Row>, onChange: () => void): RowStore<Row> {
  const aborter = new AbortController()
  const pages = new Map<number, readonly Row[]>()
  const cursors = new Map<number, string>()
  let expectedRows = 0
  let knownRows = 0
  let end: number | undefined
  let loading: number | undefined
  let problem: Problem | undefined
  let sight = { first: 0, last: 1, isUpward: false }

  const count = (): number => end ?? Math.max(knownRows, expectedRows)
  const isThere = (index: number): boolean =>
    index === 0 || (index > 0 && (index * PAGE_ROWS < count() || (end === undefined && cursors.has(index))))
  const wanted = (): number | undefined => {
    const from = Math.floor(sight.first / PAGE_ROWS)
    const to = Math.floor(Math.max(sight.last - 1, 0) / PAGE_ROWS)
    const inSight = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    const ahead = sight.isUpward ? [from - 1, from - 2] : [to + 1, to + 2]
    return [...inSight, ...ahead].find((index) => isThere(index) && !pages.has(index))
  }
  const take = (index: number, { rows, next }: RowsPage<Row>): void => {
    const behind = index * PAGE_ROWS + rows.length
    pages.set(index, rows)
    knownRows = Math.max(knownRows, behind)
    if (next === null) end = behind
    else cursors.set(index + 1, next)
    forgetFarPages(pages, Math.floor((sight.first + sight.last) / 2 / PAGE_ROWS))
  }
  const readOn = (): void => {
    const index = wanted()
    if (index === undefined || loading !== undefined || problem || aborter.signal.aborted) return
    loading = index
    const cursor = cursors.get(index)
    loadPage(cursor === undefined ? { skip: index * PAGE_ROWS } : { cursor }, aborter.signal).then(
      (answer) => {
        loading = undefined
        if (answer.ok) take(index, answer.value)
        else problem = answer.problem
        onChange()
        readOn()
      },
      () => undefined, // aborted by `stop`
    )
  }

  return {
    count,
    isComplete: () => end !== undefined,
    isLoading: () => loading !== undefined,
    rowAt: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS],
    held: () => [...pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows),
    problem: () => problem,
    expect: (rows) => {
      if (rows === expectedRows) return
      expectedRows = rows
      onChange()
      readOn()
    },
    show: (first, last) => {
      sight = { first, last, isUpward: first < sight.first }
      readOn()
    },
    retry: () => {
      problem = undefined
      readOn()
    },
    stop: () => aborter.abort(),
  }
}

function forgetFarPages<Row>(pages: Map<number, readonly Row[]>, middle: number): void {
  const far = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
  for (const index of far.slice(0, Math.max(0, far.length - MAX_HELD_PAGES))) pages.delete(index)
}
