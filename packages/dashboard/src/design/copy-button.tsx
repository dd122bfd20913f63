import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** How long "Copied" stands there, in ms. */
const SHOWN_MS = 2_000

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for those who cannot see it: "write key of Shop". */
  readonly what: string
  readonly isSmall?: boolean
}

/** Copies a text and says so; where the browser refuses, it says what to do instead. */
export function CopyButton({ text, what, isSmall = false }: CopyButtonProps): JSX.Element {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = window.setTimeout(() => setState('ready'), SHOWN_MS)
    return () => window.clearTimeout(timer)
  }, [state])
  const copy = (): void => {
    // On plain http from another machine there is no clipboard object at all.
    const writing = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))
    writing.then(
      () => setState('copied'),
      () => setState('refused'),
    )
  }
  const words = { ready: 'Copy', copied: 'Copied', refused: 'Select and copy by hand' }[state]
  return (
    <button type="button" class={`button ${isSmall ? 'small' : ''}`} onClick={copy}>
      <Icon name={state === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{words}</span>
      <span class="unseen">{what}</span>
    </button>
  )
}
