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
import { ReadOnlyNote } from '../login/read-only-note.tsx'
import { RemoveSource } from './remove-source.tsx'
import { RotateKey } from './rotate-key.tsx'
import { SourceCard } from './source-card.tsx'
import type { SourceAction } from './source-card.tsx'
import { SourceForm } from './source-form.tsx'

/** The sources: what sends here, with which key, and how to add, change or end one. */
export function SourcesPage(): JSX.Element {
  const { value, problem, reload } = useAnswer<SourcesAnswer>('sources')
  const [isMaking, setMaking] = useState(false)
  const [acting, setActing] = useState<{ readonly source: Source; readonly action: SourceAction }>()
  const [fresh, setFresh] = useState<string>()
  const sources = value?.sources ?? []
  const isReadOnly = sources.some(({ writeKey }) => writeKey === undefined)
  const made = (source: Source): void => {
    setMaking(false)
    setFresh(source.id)
    reload()
  }
  const done = (): void => {
    setActing(undefined)
    reload()
  }
  return (
    <div class="page page-medium">
      <header>
        <h1>Sources</h1>
        {!isReadOnly && (
          <button type="button" class="button first" onClick={() => setMaking(true)}>
            <Icon name="plus" />
            New source
          </button>
        )}
      </header>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {isReadOnly && <ReadOnlyNote>Write keys and snippets are hidden.</ReadOnlyNote>}
      {!value && !problem && <Waiting />}
      {value?.sources.length === 0 && <NoSource onMake={() => setMaking(true)} />}
      {sources.map((source) => (
        <SourceCard
          key={source.id}
          source={source}
          isOpen={source.id === fresh}
          onAct={(action) => setActing({ source, action })}
        />
      ))}
      {sources.length > 0 && (
        <p class="muted">
          See what arrives in the <a href={placeLink(['live'])}>live view</a>.
        </p>
      )}
      {isMaking && (
        <Dialog title="New source" onClose={() => setMaking(false)}>
          <SourceForm onDone={made} onCancel={() => setMaking(false)} />
        </Dialog>
      )}
      {acting && <ActionDialog {...acting} onClose={() => setActing(undefined)} onDone={done} />}
    </div>
  )
}

function NoSource({ onMake }: { readonly onMake: () => void }): JSX.Element {
  return (
    <div class="panel empty">
      <strong>No source yet</strong>
      <p>
        A source stands for one site, app or sender. It has a write key of its own, which can send and do
        nothing else.
      </p>
      <button type="button" class="button first" onClick={onMake}>
        Create the first
      </button>
    </div>
  )
}

interface ActionDialogProps {
  readonly source: Source
  readonly action: SourceAction
  readonly onClose: () => void
  readonly onDone: () => void
}

function ActionDialog({ source, action, onClose, onDone }: ActionDialogProps): JSX.Element {
  switch (action) {
    case 'edit':
      return (
        <Dialog title="Edit source" onClose={onClose}>
          <SourceForm source={source} onDone={onDone} onCancel={onClose} />
        </Dialog>
      )
    case 'rotate':
      return <RotateKey source={source} onClose={onClose} onRotated={onDone} />
    case 'remove':
      return <RemoveSource source={source} onClose={onClose} onRemoved={onDone} />
  }
}
