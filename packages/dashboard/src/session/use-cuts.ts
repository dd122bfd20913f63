import type { SessionObject } from '@sojourn/protocol'
import { useEffect, useState } from 'preact/hooks'
import type { Definition } from '../api/definition.ts'
import type { StoredEvent } from '../api/event.ts'
import type { Problem } from '../api/problem.ts'
import type { Params } from '../api/request.ts'
import { read } from '../api/request.ts'
import type { SessionsPage } from '../api/session.ts'
import { useRetry } from '../api/use-retry.ts'
import type { Cuts } from './cuts.ts'
import { cutsOf, stampCuts } from './cuts.ts'
import { sendersOf } from './senders.ts'

const PAGE_SESSIONS = 500

/** The cuts of another definition in a session, once they are known. */
export interface KnownCuts {
  readonly cuts?: Cuts
  readonly problem?: Problem
}

/** Where another definition would have cut a session, of whose events these have been read. `undefined` as definition asks nothing. */
export function useCuts(
  session: SessionObject,
  events: readonly StoredEvent[],
  definition: Definition | undefined,
): KnownCuts {
  const [known, setKnown] = useState<KnownCuts & { readonly about?: string }>({})
  const [round, setRound] = useState(0)
  const isByStamp = definition?.name === 'client'
  const last = events.at(-1)
  const isAsked = definition !== undefined && !isByStamp && last !== undefined
  const about = `${definition?.name} ${definition?.version} ${session.id}`
  const question = isAsked ? `${about} ${last.id}` : undefined

  useEffect(() => {
    if (question === undefined) return
    const aborter = new AbortController()
    const span: Params = {
      definition: definition?.name,
      from: Date.parse(session.metadata.time.insert),
      to: (last?.correctedTime ?? 0) + 1,
      sort: 'start',
    }
    void Promise.all(sendersOf(events).map((sender) => readAll({ ...span, ...sender }, aborter.signal))).then(
      (answers) => {
        const problem = answers.find((answer) => !Array.isArray(answer)) as Problem | undefined
        const sessions = answers.flatMap((answer) => (Array.isArray(answer) ? answer : []))
        setKnown({ about, ...(problem ? { problem } : { cuts: cutsOf(events, sessions) }) })
      },
      () => undefined, // only an abort rejects, and then nobody waits for the answer
    )
    return () => aborter.abort()
  }, [question, round])

  const isKnown = isAsked && known.about === about
  useRetry(isKnown ? known.problem : undefined, () => setRound((count) => count + 1))

  if (definition === undefined) return {}
  if (isByStamp) return { cuts: stampCuts(events) }
  // An open session grows: what was known of it stays in sight until the rest is.
  return isKnown ? known : {}
}

/** All sessions that are found, page by page; or what went wrong. */
async function readAll(query: Params, signal: AbortSignal): Promise<SessionObject[] | Problem> {
  const found: SessionObject[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const answer = await read<SessionsPage>('sessions', { ...query, limit: PAGE_SESSIONS, cursor }, signal)
    if (!answer.ok) return answer.problem
    found.push(...answer.value.sessions)
    cursor = answer.value.next
  }
  return found
}
