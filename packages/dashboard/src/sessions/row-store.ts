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

export type LoadPage<Row> = (
  cursor: string | undefined,
  signal: AbortSignal,
) => Promise<Answer<RowsPage<Row>>>

/** A list that is read page by page as it is scrolled, and forgotten behind the viewer's back, so that a million rows fit. */
export interface RowStore<Row> {
  /** Rows known to be there so far. */
  count(): number
  /** True when the last page has been seen. */
  isComplete(): boolean
  isLoading(): boolean
  /** Undefined while its page is (again) on its way. */
  rowAt(index: number): Row | undefined
  /** Rows that are held now, in order. */
  held(): readonly Row[]
  problem(): Problem | undefined
  /** Says which rows are in sight, `last` not included: missing pages and the one after are read. */
  show(first: number, last: number): void
  /** Reads on after a problem. */
  retry(): void
  /** Ends all reading. */
  stop(): void
}

interface HeldPage<Row> {
  readonly cursor: string | undefined
  rows: readonly Row[] | undefined
}

/** Makes an empty list; `onChange` is called whenever an answer changed it. */
export function createRowStore<Row>(loadPage: LoadPage<Row>, onChange: () => void): RowStore<Row> {
  const aborter = new AbortController()
  const pages: HeldPage<Row>[] = [{ cursor: undefined, rows: undefined }]
  let lastPageRows: number | undefined
  let knownPages = 0
  let loading: number | undefined
  let problem: Problem | undefined
  let sight = { first: 0, last: 1 }

  const wanted = (): number | undefined => {
    const from = Math.floor(sight.first / PAGE_ROWS)
    const to = Math.min(pages.length - 1, Math.floor(Math.max(sight.last - 1, 0) / PAGE_ROWS) + 1)
    for (let index = Math.min(from, pages.length - 1); index <= to; index++)
      if (pages[index]!.rows === undefined) return index
    return undefined
  }
  const take = (index: number, page: RowsPage<Row>): void => {
    pages[index]!.rows = page.rows
    knownPages = Math.max(knownPages, index + 1)
    if (index === pages.length - 1) {
      if (page.next === null) lastPageRows = page.rows.length
      else pages.push({ cursor: page.next, rows: undefined })
    }
    forgetFarPages(pages, Math.floor((sight.first + sight.last) / 2 / PAGE_ROWS))
  }
  const readOn = (): void => {
    const index = wanted()
    if (index === undefined || loading !== undefined || problem || aborter.signal.aborted) return
    loading = index
    loadPage(pages[index]!.cursor, aborter.signal).then(
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
    count: () =>
      lastPageRows === undefined ? knownPages * PAGE_ROWS : (pages.length - 1) * PAGE_ROWS + lastPageRows,
    isComplete: () => lastPageRows !== undefined,
    isLoading: () => loading !== undefined,
    rowAt: (index) => pages[Math.floor(index / PAGE_ROWS)]?.rows?.[index % PAGE_ROWS],
    held: () => pages.flatMap((page) => page.rows ?? []),
    problem: () => problem,
    show: (first, last) => {
      sight = { first, last }
      readOn()
    },
    retry: () => {
      problem = undefined
      readOn()
    },
    stop: () => aborter.abort(),
  }
}

function forgetFarPages<Row>(pages: readonly HeldPage<Row>[], middle: number): void {
  const held = pages.flatMap((page, index) => (page.rows ? [index] : []))
  const far = held.sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
  for (const index of far.slice(0, Math.max(0, held.length - MAX_HELD_PAGES))) pages[index]!.rows = undefined
}
