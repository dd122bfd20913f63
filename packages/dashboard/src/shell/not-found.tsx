import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'

/** Where an address leads nowhere. */
export function NotFound(): JSX.Element {
  return (
    <div class="page">
      <div class="panel empty">
        <h1>There is no such page</h1>
        <p>The link may be cut, or from a newer Sojourn.</p>
        <a class="button" href={placeLink(['sessions'])}>
          Go to the sessions
        </a>
      </div>
    </div>
  )
}
