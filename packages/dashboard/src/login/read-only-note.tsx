import type { ComponentChildren, JSX } from 'preact'

/** Why nothing can be changed here, and what else that means on this page. */
export function ReadOnlyNote({ children }: { readonly children?: ComponentChildren }): JSX.Element {
  return (
    <p class="note">You are logged in with the read-only token, so nothing can be changed here. {children}</p>
  )
}
