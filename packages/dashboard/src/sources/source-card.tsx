import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Source } from '../api/source.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact } from '../design/fact.tsx'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import { SnippetTabs } from './snippet-tabs.tsx'

interface SourceCardProps {
  readonly source: Source
  /** Shows the snippets at once. */
  readonly isOpen: boolean
  readonly onRemove: () => void
}

/** One source, with its key and its snippets. */
export function SourceCard({ source, isOpen, onRemove }: SourceCardProps): JSX.Element {
  const [hasSnippets, setSnippets] = useState(isOpen)
  return (
    <section class="panel source-card" aria-label={source.name}>
      <header>
        <h2>
          <Sent text={source.name} maxChars={80} />{' '}
          <span class="badge">
            <Sent text={source.type} maxChars={40} />
          </span>
        </h2>
        <a class="button small" href={placeLink(['sessions'], { source: source.name })}>
          Sessions
        </a>
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
          class="button small bare"
          aria-label={`Remove ${source.name}`}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      </header>
      <dl class="facts body">
        <Fact words="Write key">
          <span class="row">
            <code>
              <Sent text={source.writeKey} />
            </code>
            <CopyButton text={source.writeKey} what={`write key of ${source.name}`} isSmall />
          </span>
        </Fact>
        <Fact words="May send">
          {source.origins.length === 0 ? (
            'Any site that has the key'
          ) : (
            <Sent text={source.origins.join(', ')} />
          )}
        </Fact>
      </dl>
      {hasSnippets && <SnippetTabs source={source} />}
    </section>
  )
}
