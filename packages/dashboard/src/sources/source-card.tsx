import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Source } from '../api/source.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact } from '../design/fact.tsx'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import { SnippetTabs } from './snippet-tabs.tsx'

/** What can be done with a source. */
export type SourceAction = 'edit' | 'rotate' | 'remove'

interface SourceCardProps {
  readonly source: Source
  /** Shows the snippets at once. */
  readonly isOpen: boolean
  readonly onAct: (action: SourceAction) => void
}

/** One source, with its key and its snippets; without them, and without ways to change it, for those who may only read. */
export function SourceCard({ source, isOpen, onAct }: SourceCardProps): JSX.Element {
  const [hasSnippets, setSnippets] = useState(isOpen)
  const { name, type, origins, writeKey } = source
  return (
    <section class="panel source-card" aria-label={name}>
      <header>
        <h2>
          <Sent text={name} maxChars={80} />{' '}
          <span class="badge">
            <Sent text={type} maxChars={40} />
          </span>
        </h2>
        <a class="button small" href={placeLink(['sessions'], { source: name })}>
          Sessions
        </a>
        {writeKey !== undefined && (
          <>
            <button
              type="button"
              class="button small"
              aria-expanded={hasSnippets}
              onClick={() => setSnippets(!hasSnippets)}
            >
              {hasSnippets ? 'Hide snippets' : 'Snippets'}
            </button>
            <button
              type="button"
              class="button small"
              aria-label={`Edit ${name}`}
              onClick={() => onAct('edit')}
            >
              Edit
            </button>
            <button
              type="button"
              class="button small bare"
              aria-label={`Remove ${name}`}
              onClick={() => onAct('remove')}
            >
              <Icon name="trash" />
            </button>
          </>
        )}
      </header>
      <dl class="facts body">
        <Fact words="Write key">
          {writeKey === undefined ? (
            <span class="muted">hidden from the read-only token</span>
          ) : (
            <span class="row">
              <code>
                <Sent text={writeKey} />
              </code>
              <CopyButton text={writeKey} what={`write key of ${name}`} isSmall />
              <button
                type="button"
                class="button small"
                aria-label={`New key for ${name}`}
                onClick={() => onAct('rotate')}
              >
                New key
              </button>
            </span>
          )}
        </Fact>
        <Fact words="May send">
          {origins.length === 0 ? 'Any site that has the key' : <Sent text={origins.join(', ')} />}
        </Fact>
      </dl>
      {hasSnippets && writeKey !== undefined && <SnippetTabs writeKey={writeKey} />}
    </section>
  )
}
