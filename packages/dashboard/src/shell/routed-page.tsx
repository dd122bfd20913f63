import type { ComponentChildren, JSX } from 'preact'
import { lazy, Suspense } from 'preact/compat'
import { useEffect, useErrorBoundary } from 'preact/hooks'
import type { Place } from '../address/place.ts'
import type { Feature } from '../api/features.ts'
import { Waiting } from '../design/waiting.tsx'
import { SessionsPage } from '../sessions/sessions-page.tsx'
import { FirstPage } from '../welcome/first-page.tsx'
import { BrokenPage } from './broken-page.tsx'
import { NotFound } from './not-found.tsx'

interface RoutedPageProps {
  readonly place: Place
  readonly features: ReadonlySet<Feature>
}

const OverviewPage = lazy(() => import('../overview/overview-page.tsx').then((file) => file.OverviewPage))
const SessionPage = lazy(() => import('../session/session-page.tsx').then((file) => file.SessionPage))
const SourcesPage = lazy(() => import('../sources/sources-page.tsx').then((file) => file.SourcesPage))
const HealthPage = lazy(() => import('../health/health-page.tsx').then((file) => file.HealthPage))
const DefinitionsPage = lazy(() =>
  import('../definitions/definitions-page.tsx').then((file) => file.DefinitionsPage),
)
const EditPage = lazy(() => import('../definitions/edit-page.tsx').then((file) => file.EditPage))
const WhatIfPage = lazy(() => import('../what-if/what-if-page.tsx').then((file) => file.WhatIfPage))
const ComparePage = lazy(() => import('../compare/compare-page.tsx').then((file) => file.ComparePage))
const ProfilesPage = lazy(() => import('../profiles/profiles-page.tsx').then((file) => file.ProfilesPage))
const ProfilePage = lazy(() => import('../profile/profile-page.tsx').then((file) => file.ProfilePage))
const ScoringPage = lazy(() => import('../scoring/scoring-page.tsx').then((file) => file.ScoringPage))
const LivePage = lazy(() => import('../live/live-page.tsx').then((file) => file.LivePage))

/** The page of a place; what is seldom the first to be opened is loaded when it is. */
export function RoutedPage({ place, features }: RoutedPageProps): JSX.Element {
  const [failure, forget] = useErrorBoundary()
  // Another page may well work.
  useEffect(forget, [place.path[0]])
  if (failure) return <BrokenPage />
  return <Suspense fallback={<Fallback />}>{pageOf(place, features)}</Suspense>
}

function pageOf(place: Place, features: ReadonlySet<Feature>): ComponentChildren {
  const [page, ...rest] = place.path
  switch (page) {
    case undefined:
      return <FirstPage features={features} />
    case 'overview':
      return <OverviewPage params={place.params} />
    case 'sessions':
      return rest[0] === undefined ? (
        <SessionsPage params={place.params} features={features} />
      ) : (
        <SessionPage key={rest[0]} id={rest[0]} params={place.params} />
      )
    case 'live':
      return <LivePage params={place.params} features={features} />
    case 'profiles':
      return rest[0] === undefined ? (
        <ProfilesPage params={place.params} />
      ) : (
        <ProfilePage key={rest[0]} id={rest[0]} />
      )
    case 'scoring':
      return <ScoringPage />
    case 'definitions':
      return definitionsPage(rest, place.params)
    case 'sources':
      return <SourcesPage />
    case 'health':
      return <HealthPage />
    default:
      return <NotFound />
  }
}

function definitionsPage(
  [view, name]: readonly string[],
  params: Readonly<Record<string, string>>,
): ComponentChildren {
  switch (view) {
    case undefined:
      return <DefinitionsPage />
    case 'new':
      return <EditPage key={`new ${params['from']}`} params={params} />
    case 'edit':
      return name === undefined ? <NotFound /> : <EditPage key={name} name={name} params={params} />
    case 'what-if':
      return <WhatIfPage params={params} />
    case 'compare':
      return <ComparePage params={params} />
    default:
      return <NotFound />
  }
}

function Fallback(): JSX.Element {
  return (
    <div class="page">
      <Waiting lines={6} />
    </div>
  )
}
