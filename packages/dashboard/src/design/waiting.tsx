import type { JSX } from 'preact'

/** Grey lines where an answer is on its way. */
export function Waiting({ lines = 4 }: { readonly lines?: number }): JSX.Element {
  return (
    <div class="stack" role="status">
      <span class="unseen">Loading …</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="waiting" style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
