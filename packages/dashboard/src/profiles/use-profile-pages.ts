import type { ProfileSummary, ProfilesAnswer } from '@sojourn/protocol'
import { useEffect, useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { read } from '../api/request.ts'
import { useRetry } from '../api/use-retry.ts'
import { reportSignedOut } from '../login/signed-in.ts'

const PAGE_PROFILES = 100
/** While somebody types, nothing is asked until they pause for this long, in ms. */
const PAUSE_MS = 250

/** Persons, as far as they have been read. */
export interface ProfilePages {
  /** Undefined until the first page is there. */
  readonly profiles: readonly ProfileSummary[] | undefined
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly problem: Problem | undefined
  /** Reads the first page again. */
  readonly reload: () => void
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
    else if (answer.problem.kind === 'signed-out') reportSignedOut()
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
  const reload = (): void => setRound((count) => count + 1)
  useRetry(problem, reload)

  return {
    profiles: seen?.pages.flatMap((page) => page.profiles),
    hasMore: typeof seen?.pages.at(-1)?.next === 'string',
    isLoading: isLoading || (!problem && seen?.search !== search),
    problem,
    reload,
    readMore: () => void readPage(seen?.pages ?? []),
  }
}
