import type { JSX } from 'preact'
import { MAX_SHOWN_CHARS, MAX_TITLE_CHARS, visibleText } from '../words/visible-text.ts'

interface SentProps {
  /** What a sender wrote; it is not trusted. */
  readonly text: string
  /** Characters shown before `…`; 200 unless given. */
  readonly maxChars?: number
}

/** Whatever a sender wrote, as text: isolated, so that its direction cannot turn what stands around it, cut, with more of it as a tooltip. */
export function Sent({ text, maxChars = MAX_SHOWN_CHARS }: SentProps): JSX.Element {
  return <bdi title={visibleText(text, MAX_TITLE_CHARS)}>{visibleText(text, maxChars)}</bdi>
}
