import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { usePlace } from '../address/use-place.ts'
import type { Feature } from '../api/features.ts'
import { loadFeatures } from '../api/features.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { LoginPage } from '../login/login-page.tsx'
import { useLogin } from '../login/use-login.ts'
import { Navigation } from './navigation.tsx'
import { offeredPages } from './pages.ts'
import { RoutedPage } from './routed-page.tsx'

/** Everything: the login, or the navigation and the page that the address says. */
export function App(): JSX.Element | null {
  const { login, enter, leave, check } = useLogin()
  const place = usePlace()
  const [features, setFeatures] = useState<ReadonlySet<Feature>>()
  const isIn = login.state === 'in'
  useEffect(() => {
    if (isIn) void loadFeatures().then(setFeatures)
  }, [isIn])

  if (login.state === 'out') return <LoginPage problem={login.problem} onLogin={enter} />
  if (login.state === 'failed')
    return (
      <main class="page page-narrow">
        <ProblemNote problem={login.problem} onRetry={check} />
      </main>
    )
  if (login.state === 'checking' || !features) return null
  return (
    <div class="shell">
      <a class="button first skip" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <Navigation pages={offeredPages(features)} shown={place.path[0] ?? ''} onLeave={leave} />
      <main id="main" tabIndex={-1}>
        <RoutedPage place={place} features={features} />
      </main>
    </div>
  )
}

/** The address after `#` is ours, so the link must not set it. */
function skipToMain(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
