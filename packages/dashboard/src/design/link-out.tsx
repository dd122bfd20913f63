import type { JSX } from 'preact'
import { safeLink } from '../words/safe-link.ts'
import { Sent } from './sent.tsx'

interface LinkOutProps {
  /** A URL a sender wrote. */
  readonly url: string
  readonly maxChars?: number
}

/** A sender's URL: a link if it is http(s), else plain text. The other site learns nothing of the dashboard. */
export function LinkOut({ url, maxChars = 120 }: LinkOutProps): JSX.Element {
  const href = safeLink(url)
  const text = <Sent text={url} maxChars={maxChars} />
  if (href === undefined) return text
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">
      {text}
    </a>
  )
}
