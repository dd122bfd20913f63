import { useEffect, useState } from 'preact/hooks'
import type { EventsPage, StoredEvent } from '../api/event.ts'
import type { Problem } from '../api/problem.ts'
import { apiUrl, read } from '../api/request.ts'
import { addNewest } from './add-newest.ts'

/** How often to ask where the collector offers no stream, in ms. */
const ASK_MS = 2_000
const FIRST_EVENTS = 100
/** A stream that was cut off is opened again at once; when it is not, asking shows why, so many ms later. */
const CUT_OFF_MS = 3_000

/** The newest events, newest first. */
export interface LiveEvents {
  readonly events: readonly StoredEvent[]
  /** False until the first answer. */
  readonly isReady: boolean
  readonly problem: Problem | undefined
}

/** Follows the events as they are stored: by the stream where there is one, else by asking. A paused view takes nothing. */
export function useLiveEvents(source: string | undefined, hasStream: boolean, isPaused: boolean): LiveEvents {
  const [events, setEvents] = useState<readonly StoredEvent[]>([])
  const [isReady, setReady] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => setEvents([]), [source])
  useEffect(() => {
    if (isPaused) return
    const aborter = new AbortController()
    const take = (found: readonly StoredEvent[]): void => setEvents((before) => addNewest(before, found))
    const ask = async (): Promise<void> => {
      const answer = await read<EventsPage>('events', { source, limit: FIRST_EVENTS }, aborter.signal)
      setReady(true)
      setProblem(answer.ok ? undefined : answer.problem)
      if (answer.ok) take(answer.value.events)
    }
    const askQuietly = (): void => void ask().catch(() => undefined) // only an abort rejects
    askQuietly()
    const stop = hasStream ? follow(source, take, askQuietly) : repeat(askQuietly)
    return () => {
      aborter.abort()
      stop()
    }
  }, [source, hasStream, isPaused])
  return { events, isReady, problem }
}

function repeat(ask: () => void): () => void {
  const timer = window.setInterval(() => document.hidden || ask(), ASK_MS)
  return () => window.clearInterval(timer)
}

/**
 * Server-sent events. The browser connects again by itself, and the collector goes on where it was cut off; `catchUp` reads what was stored before the
 * first of them, and what the stream skipped. Where the collector has no room for another stream, it is asked again and again instead.
 */
function follow(
  source: string | undefined,
  take: (events: readonly StoredEvent[]) => void,
  catchUp: () => void,
): () => void {
  const stream = new EventSource(apiUrl('events/live', { source }))
  let stopAsking: (() => void) | undefined
  let isCutOff: number | undefined
  stream.addEventListener('open', () => {
    window.clearTimeout(isCutOff)
    isCutOff = undefined
    catchUp()
  })
  stream.addEventListener('gap', catchUp)
  stream.addEventListener('message', (message: MessageEvent<string>) =>
    take([JSON.parse(message.data) as StoredEvent]),
  )
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) stopAsking ??= repeat(catchUp)
    // The browser tries again more often than that, and each time this is said anew.
    else
      isCutOff ??= window.setTimeout(() => {
        isCutOff = undefined
        catchUp()
      }, CUT_OFF_MS)
  })
  return () => {
    window.clearTimeout(isCutOff)
    stream.close()
    stopAsking?.()
  }
}
