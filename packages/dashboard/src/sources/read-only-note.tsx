import type { JSX } from 'preact'

/** Why a source shows no key and nothing about it can be changed. */
export function ReadOnlyNote(): JSX.Element {
  return (
    <p class="note">
      You are logged in with the read-only token, so write keys and snippets are hidden and nothing can be
      changed. The admin token shows them.
    </p>
  )
}
