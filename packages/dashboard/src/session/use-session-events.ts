import { useEffect, useState } from 'preact/hooks'
import type { EventsPage, StoredEvent } from '../api/event.ts'
import type { Problem } from '../api/problem.ts'
import { read } from '../api/request.ts'
import { useRetry } from '../api/use-retry.ts'

const PAGE_EVENTS = 500
/** While a session goes on, its newest events are asked for this often, in ms. */
const ASK_MS = 5_000

/** A session's events, as far as they have been read. */
export interface SessionEvents {
  readonly events: readonly StoredEvent[]
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly problem: Problem | undefined
  readonly readMore: () => void
}

/** Reads a session's events, oldest first, 500 at a time; while it is open (`isOpen`), the first page is kept up. */
export function useSessionEvents(id: string, definition: string | undefined, isOpen: boolean): SessionEvents {
  const [pages, setPages] = useState<readonly EventsPage[]>([])
  const [problem, setProblem] = useState<Problem>()
  const [isLoading, setLoading] = useState(true)

  const readPage = async (index: number, cursor: string | undefined, signal?: AbortSignal): Promise<void> => {
    setLoading(true)
    const path = `sessions/${encodeURIComponent(id)}/events`
    const answer = await read<EventsPage>(path, { definition, limit: PAGE_EVENTS, cursor }, signal)
    setLoading(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) setPages((before) => [...before.slice(0, index), answer.value])
  }
  const isFirstPageLast = pages.length <= 1
  useEffect(() => {
    const aborter = new AbortController()
    const ask = (): void => void readPage(0, undefined, aborter.signal).catch(() => undefined)
    if (pages.length === 0) ask()
    const timer = isOpen && isFirstPageLast ? window.setInterval(ask, ASK_MS) : undefined
    return () => {
      aborter.abort()
      window.clearInterval(timer)
    }
  }, [id, definition, isOpen, isFirstPageLast])

  const next = pages.at(-1)?.next ?? undefined
  const readMore = (): void => void readPage(pages.length, next)
  useRetry(problem, readMore)
  return {
    events: pages.flatMap((page) => page.events),
    hasMore: next !== undefined,
    isLoading,
    problem,
    readMore,
  }
}
