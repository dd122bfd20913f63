import './welcome.css'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { parsePlace } from '../address/place.ts'
import { replacePlace } from '../address/use-place.ts'
import type { EventsPage } from '../api/event.ts'
import type { Feature } from '../api/features.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { Welcome } from './welcome.tsx'

/** Where the product's own address leads: to the overview, or to the first minutes as long as nothing has ever arrived. */
export function FirstPage({ features }: { readonly features: ReadonlySet<Feature> }): JSX.Element {
  const { value, problem, reload } = useAnswer<EventsPage>('events', { limit: 1 })
  const hasData = value !== undefined && value.events.length > 0
  useEffect(() => {
    // Whoever has gone somewhere else meanwhile stays there.
    if (hasData && parsePlace(location.hash).path.length === 0)
      replacePlace([features.has('metrics') ? 'overview' : 'sessions'])
  }, [hasData])
  if (value && !hasData) return <Welcome />
  return (
    <div class="page">
      {problem ? <ProblemNote problem={problem} onRetry={reload} /> : <Waiting lines={6} />}
    </div>
  )
}
