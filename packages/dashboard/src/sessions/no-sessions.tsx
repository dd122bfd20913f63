import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'

interface NoSessionsProps {
  readonly isFiltered: boolean
  readonly onClear: () => void
}

/** Where nothing is found: what to try. */
export function NoSessions({ isFiltered, onClear }: NoSessionsProps): JSX.Element {
  return (
    <div class="empty">
      <strong>No session fits</strong>
      {isFiltered ? (
        <>
          <p>Take off a filter, or look at a longer time.</p>
          <button type="button" class="button" onClick={onClear}>
            Clear the filters
          </button>
        </>
      ) : (
        <>
          <p>Nothing arrived in this time. Look at a longer one, or check that your site sends.</p>
          <a class="button" href={placeLink(['sources'])}>
            See the sources and their snippets
          </a>
        </>
      )}
    </div>
  )
}
