import type { ProfilesAnswer, SessionObject } from '@sojourn/protocol'
import type { Definition } from '../api/definition.ts'
import type { StoredEvent } from '../api/event.ts'
import type { Problem } from '../api/problem.ts'
import type { Params } from '../api/request.ts'
import type { SessionsPage } from '../api/session.ts'
import { useAnswer } from '../api/use-answer.ts'
import type { Cuts } from './cuts.ts'
import { cutsOf, stampCuts } from './cuts.ts'

const MOST_SESSIONS = 500

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
  const isByStamp = definition?.name === 'client'
  const person = usePerson(session, definition?.scope === 'profile')
  const last = events.at(-1)
  const isAsked = definition !== undefined && !isByStamp && last !== undefined && person !== undefined
  const { value, problem } = useAnswer<SessionsPage>(isAsked ? 'sessions' : undefined, {
    ...person,
    definition: definition?.name,
    from: Date.parse(session.metadata.time.insert),
    to: (last?.correctedTime ?? 0) + 1,
    sort: 'start',
    limit: MOST_SESSIONS,
  })
  if (definition === undefined) return {}
  if (isByStamp) return { cuts: stampCuts(events) }
  if (problem && !value) return { problem }
  return value ? { cuts: cutsOf(events, value.sessions) } : {}
}

/** What finds all sessions of whoever this session is of: the browser, or the person whom an anonymous visitor turned out to be. */
function usePerson({ profile, visitor }: SessionObject, isPerson: boolean): Params | undefined {
  const isUnsure = isPerson && profile.userId === undefined && visitor !== undefined
  const { value } = useAnswer<ProfilesAnswer>(isUnsure ? 'profiles' : undefined, {
    search: visitor?.id,
    limit: 1,
  })
  if (isUnsure) return value && { profile: value.profiles[0]?.id ?? profile.id }
  if (!isPerson && visitor) return { visitor: visitor.id }
  return { profile: profile.userId ?? profile.id }
}
