import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import { Mark } from '../shell/navigation.tsx'

interface LoginPageProps {
  /** Why the login link did not work, if one was opened. */
  readonly problem: Problem | undefined
  /** The token ended while somebody looked at something: that comes back after the login. */
  readonly wasIn: boolean
  readonly onLogin: () => void
}

/** Asks for the token, and says where it is. */
export function LoginPage({ problem, wasIn, onLogin }: LoginPageProps): JSX.Element {
  const [token, setToken] = useState('')
  const [failed, setFailed] = useState(problem)
  const [isBusy, setBusy] = useState(false)
  const logIn = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const answer = await change('POST', 'login', { token: token.trim() })
    setBusy(false)
    if (answer.ok) onLogin()
    else setFailed(answer.problem)
  }
  return (
    <main class="login">
      <form class="panel" onSubmit={(event) => void logIn(event)}>
        <h1>
          <Mark /> Log in to Sojourn
        </h1>
        <p class="muted">
          Open the link that the collector printed when it was first started, or paste the token from it. If
          it is lost, start the collector with a new <code>SOJOURN_ADMIN_TOKEN</code>.
        </p>
        {wasIn && (
          <p class="note" role="status">
            You were logged out: the token was changed, or it ended. Log in again to go on where you were.
          </p>
        )}
        <label class="field">
          <span>Token</span>
          <input
            class="input"
            type="password"
            autocomplete="current-password"
            required
            value={token}
            aria-invalid={failed ? 'true' : undefined}
            aria-describedby={failed ? 'login-problem' : undefined}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </label>
        {failed && (
          <p class="login-problem" id="login-problem" role="alert">
            {problemSentence(failed)}
          </p>
        )}
        <button class="button first" disabled={isBusy}>
          Log in
        </button>
      </form>
    </main>
  )
}

function problemSentence(problem: Problem): string {
  if (problem.kind === 'signed-out' || problem.kind === 'refused')
    return 'The collector does not know this token. Links are cut easily: copy the whole of it.'
  return `${problem.message} ${problem.advice}`
}
