import { Link, Route, Switch, useLocation } from 'wouter-preact'
import { Board } from './board.tsx'
import { BreadPage } from './bread-page.tsx'
import { LoginPage } from './login-page.tsx'
import { SessionLine } from './session-line.tsx'
import { tracker } from './tracker.ts'

/** The whole app: each change of route is a page view, which the tracker notices by itself. */
export function App() {
  const [, navigate] = useLocation()
  const logOut = (): void => {
    tracker.reset()
    navigate('/')
  }
  return (
    <>
      <nav>
        <Link href="/">Board</Link>
        <Link href="/login">Log in</Link>
        <button id="logout" onClick={logOut}>
          Log out
        </button>
      </nav>
      <main>
        <Switch>
          <Route path="/" component={Board} />
          <Route path="/bread/:slug">{({ slug }) => <BreadPage slug={slug} />}</Route>
          <Route path="/login" component={LoginPage} />
          <Route>
            <p>Nothing here.</p>
          </Route>
        </Switch>
      </main>
      <SessionLine />
    </>
  )
}
