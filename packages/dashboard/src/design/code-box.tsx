import type { JSX } from 'preact'
import { CopyButton } from './copy-button.tsx'

/** Code to copy. It can be scrolled by keyboard. */
export function CodeBox({ code, what }: { readonly code: string; readonly what: string }): JSX.Element {
  return (
    <div class="code-box">
      <pre tabIndex={0} aria-label={what} role="region">
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={what} isSmall />
    </div>
  )
}
