import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { usePlace } from '../address/use-place.ts'
import type { Feature } from '../api/features.ts'
import { loadFeatures } from '../api/features.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { CanChange, loadCanChange } from '../login/can-change.ts'
import { LoginPage } from '../login/login-page.tsx'
import { useLogin } from '../login/use-login.ts'
import { Navigation } from './navigation.tsx'
import { offeredPages } from './pages.ts'
import { RoutedPage } from './routed-page.tsx'

/** What the collector can do, and whether this token may change anything. */
interface Offered {
  readonly features: ReadonlySet<Feature>
  readonly canChange: boolean
}

/** Everything: the login, or the navigation and the page that the address says. */
export function App(): JSX.Element | null {
  const { login, enter, leave, check } = useLogin()
  const place = usePlace()
  const [offered, setOffered] = useState<Offered>()
  const isIn = login.state === 'in'
  useEffect(() => {
    if (!isIn) return setOffered(undefined)
    void Promise.all([loadFeatures(), loadCanChange()]).then(([features, canChange]) =>
      setOffered({ features, canChange }),
    )
  }, [isIn])

  if (login.state === 'out')
    return <LoginPage problem={login.problem} wasIn={login.wasIn === true} onLogin={enter} />
  if (login.state === 'failed')
    return (
      <main class="page page-narrow">
        <ProblemNote problem={login.problem} onRetry={check} />
      </main>
    )
  if (login.state === 'checking' || !offered) return null
  const { features, canChange } = offered
  return (
    <div class="shell">
      <a class="button first skip" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <Navigation pages={offeredPages(features)} shown={place.path[0] ?? ''} onLeave={leave} />
      <main id="main" tabIndex={-1}>
        <CanChange.Provider value={canChange}>
          <RoutedPage place={place} features={features} />
        </CanChange.Provider>
      </main>
    </div>
  )
}

/** The address after `#` is ours, so the link must not set it. */
function skipToMain(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
