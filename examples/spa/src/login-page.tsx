import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { tracker } from './tracker.ts'

/** Tells the tracker who is here; the visitor and the session stay. */
export function LoginPage() {
  const [, navigate] = useLocation()
  const [user, setUser] = useState('')
  const enter = (event: SubmitEvent): void => {
    event.preventDefault()
    tracker.identify(user, { plan: 'baker' })
    navigate('/')
  }
  return (
    <form id="login" onSubmit={enter}>
      <label>
        Name <input id="user" value={user} onInput={(event) => setUser(event.currentTarget.value)} required />
      </label>
      <button id="enter">Log in</button>
    </form>
  )
}
