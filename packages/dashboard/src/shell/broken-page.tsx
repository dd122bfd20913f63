import type { JSX } from 'preact'

/** Where a page cannot be shown: its file is gone, as after an upgrade of the collector, or its code failed. */
export function BrokenPage(): JSX.Element {
  return (
    <div class="page">
      <div class="panel empty" role="alert">
        <h1>This page cannot be shown</h1>
        <p>
          The collector may have been upgraded since you opened the dashboard. Loading it anew mends that.
        </p>
        <button type="button" class="button first" onClick={() => location.reload()}>
          Load anew
        </button>
      </div>
    </div>
  )
}
