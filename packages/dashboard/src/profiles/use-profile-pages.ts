import type { ProfileSummary, ProfilesAnswer } from '@sojourn/protocol'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { read } from '../api/request.ts'

const PAGE_PROFILES = 100
/** While somebody types, nothing is asked until they pause for this long, in ms. */
const PAUSE_MS = 250
/** How long until a list is asked for again whose sessions are still being told, in ms. */
const TELLING_MS = 1_000

/** Persons, as far as they have been read. */
export interface ProfilePages {
  /** Undefined until the first page is there. */
  readonly profiles: readonly ProfileSummary[] | undefined
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly problem: Problem | undefined
  readonly readMore: () => void
}

interface Seen {
  readonly search: string | undefined
  readonly pages: readonly ProfilesAnswer[]
}

/** Reads the persons that a search finds, or all, a page at a time. */
export function useProfilePages(search: string | undefined): ProfilePages {
  const [seen, setSeen] = useState<Seen>()
  const [problem, setProblem] = useState<Problem>()
  const [isLoading, setLoading] = useState(true)
  const [round, setRound] = useState(0)

  const readPage = async (before: readonly ProfilesAnswer[], signal?: AbortSignal): Promise<void> => {
    setLoading(true)
    const cursor = before.at(-1)?.next ?? undefined
    const answer = await read<ProfilesAnswer>('profiles', { search, limit: PAGE_PROFILES, cursor }, signal)
    setLoading(false)
    setProblem(answer.ok ? undefined : answer.problem)
    if (answer.ok) setSeen({ search, pages: [...before, answer.value] })
  }
  useEffect(() => {
    const aborter = new AbortController()
    // An abort rejects, and then somebody asks for something else.
    const ask = (): void => void readPage([], aborter.signal).catch(() => undefined)
    const timer = window.setTimeout(ask, seen === undefined ? 0 : PAUSE_MS)
    return () => {
      window.clearTimeout(timer)
      aborter.abort()
    }
  }, [search, round])
  const isTelling = problem?.kind === 'telling'
  useEffect(() => {
    if (!isTelling) return
    const timer = window.setTimeout(() => setRound((count) => count + 1), TELLING_MS)
    return () => window.clearTimeout(timer)
  }, [isTelling, round])

  return {
    profiles: seen?.pages.flatMap((page) => page.profiles),
    hasMore: typeof seen?.pages.at(-1)?.next === 'string',
    isLoading: isLoading || seen?.search !== search,
    problem,
    readMore: () => void readPage(seen?.pages ?? []),
  }
}
