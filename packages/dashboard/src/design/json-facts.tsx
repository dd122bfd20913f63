import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { MAX_SHOWN_CHARS, visibleText } from '../words/visible-text.ts'
import { Sent } from './sent.tsx'

/** Names and values a sender attached, as text; what is long opens on demand. */
export function JsonFacts({ object }: { readonly object: Readonly<Record<string, unknown>> }): JSX.Element {
  return (
    <dl class="facts">
      {Object.entries(object).map(([name, value]) => (
        <div key={name} class="fact">
          <dt>
            <Sent text={name} maxChars={60} />
          </dt>
          <dd>
            <LongText text={textOf(value)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, undefined, 1) ?? '')
}

function LongText({ text }: { readonly text: string }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  if (text.length <= MAX_SHOWN_CHARS) return <Sent text={text} />
  return (
    <>
      {isOpen ? <bdi>{visibleText(text, Infinity)}</bdi> : <Sent text={text} />}{' '}
      <button type="button" class="button small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Less' : 'All of it'}
      </button>
    </>
  )
}
