import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change, read } from '../api/request.ts'
import { tokenInFragment, useSignedOut } from './signed-in.ts'

/** `checking` until the collector has said whether it knows this browser. */
export type LoginState =
  | { readonly state: 'checking' }
  | { readonly state: 'in' }
  | { readonly state: 'out'; readonly problem?: Problem; readonly wasIn?: boolean }
  | { readonly state: 'failed'; readonly problem: Problem }

/** The login, from the link's token or the cookie of an earlier one; and ways to set it, to leave, and to ask again. */
export interface Login {
  readonly login: LoginState
  readonly enter: () => void
  readonly leave: () => void
  readonly check: () => void
}

/** Logs in with the token in the address, takes it out of the address at once, and else asks whether the cookie still holds. */
export function useLogin(): Login {
  const [login, setLogin] = useState<LoginState>({ state: 'checking' })
  const check = useCallback(() => void checkLogin().then(setLogin), [])
  useEffect(check, [])
  useSignedOut(useCallback(() => setLogin({ state: 'out', wasIn: true }), []))
  return {
    login,
    check,
    enter: () => setLogin({ state: 'in' }),
    leave: () => void change('POST', 'logout').then(() => setLogin({ state: 'out' })),
  }
}

async function checkLogin(): Promise<LoginState> {
  const token = tokenInFragment(location.hash)
  if (token !== undefined) {
    // Before anything else: neither history nor a shared screen should keep it.
    history.replaceState(null, '', location.pathname + location.search)
    const answer = await change('POST', 'login', { token })
    if (!answer.ok) return stateOf(answer.problem, answer.problem)
  }
  const answer = await read('sources')
  return answer.ok ? { state: 'in' } : stateOf(answer.problem)
}

function stateOf(problem: Problem, shown?: Problem): LoginState {
  const isOut = problem.kind === 'signed-out' || (shown !== undefined && problem.kind === 'refused')
  if (isOut) return { state: 'out', ...(shown ? { problem: shown } : {}) }
  return { state: 'failed', problem }
}
