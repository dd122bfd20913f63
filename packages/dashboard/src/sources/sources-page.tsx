import './sources.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Source, SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Dialog } from '../design/dialog.tsx'
import { Icon } from '../design/icon.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { RemoveSource } from './remove-source.tsx'
import { SourceCard } from './source-card.tsx'
import { SourceForm } from './source-form.tsx'

/** The sources: what sends here, with which key, and how to add or end one. */
export function SourcesPage(): JSX.Element {
  const { value, problem, reload } = useAnswer<SourcesAnswer>('sources')
  const [isMaking, setMaking] = useState(false)
  const [removing, setRemoving] = useState<Source>()
  const [fresh, setFresh] = useState<string>()
  const made = (source: Source): void => {
    setMaking(false)
    setFresh(source.id)
    reload()
  }
  const removed = (): void => {
    setRemoving(undefined)
    reload()
  }
  return (
    <div class="page page-medium">
      <header>
        <h1>Sources</h1>
        <button type="button" class="button first" onClick={() => setMaking(true)}>
          <Icon name="plus" />
          New source
        </button>
      </header>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting />}
      {value?.sources.length === 0 && (
        <div class="panel empty">
          <strong>No source yet</strong>
          <p>
            A source stands for one site, app or sender. It has a write key of its own, which can send and do
            nothing else.
          </p>
          <button type="button" class="button first" onClick={() => setMaking(true)}>
            Create the first
          </button>
        </div>
      )}
      {value?.sources.map((source) => (
        <SourceCard
          key={source.id}
          source={source}
          isOpen={source.id === fresh}
          onRemove={() => setRemoving(source)}
        />
      ))}
      {value && value.sources.length > 0 && (
        <p class="muted">
          See what arrives in the <a href={placeLink(['live'])}>live view</a>.
        </p>
      )}
      {isMaking && (
        <Dialog title="New source" onClose={() => setMaking(false)}>
          <SourceForm onMade={made} onCancel={() => setMaking(false)} />
        </Dialog>
      )}
      {removing && (
        <RemoveSource source={removing} onClose={() => setRemoving(undefined)} onRemoved={removed} />
      )}
    </div>
  )
}
