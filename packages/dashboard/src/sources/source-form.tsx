import './sources.css'
import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import type { Source } from '../api/source.ts'
import { KNOWN_TYPES } from '../api/source.ts'
import { parseOrigins } from './parse-origins.ts'

interface SourceFormProps {
  /** The source to change; undefined makes a new one. */
  readonly source?: Source
  readonly onDone: (source: Source) => void
  readonly onCancel?: () => void
}

/** Makes or changes a source: its name, its type, and the sites that may send for it. */
export function SourceForm({ source, onDone, onCancel }: SourceFormProps): JSX.Element {
  const [name, setName] = useState(source?.name ?? '')
  const [type, setType] = useState<string>(source?.type ?? KNOWN_TYPES[0])
  const [origins, setOrigins] = useState(source?.origins.join('\n') ?? '')
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const parsed = parseOrigins(origins)
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (!parsed.ok) return
    setBusy(true)
    const body = {
      name: name.trim(),
      type: type.trim(),
      origins: parsed.origins,
    }
    const answer = source
      ? await change<Source>('PATCH', `sources/${encodeURIComponent(source.id)}`, body)
      : await change<Source>('POST', 'sources', body)
    setBusy(false)
    if (answer.ok) onDone(answer.value)
    else setProblem(answer.problem)
  }
  return (
    <form class="stack source-form" onSubmit={(event) => void save(event)}>
      <label class="field">
        <span>Name</span>
        <input
          class="input"
          required
          maxLength={100}
          placeholder="Shop"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>Type</span>
        <input
          class="input"
          required
          maxLength={100}
          list={`${id}-types`}
          value={type}
          onInput={(event) => setType(event.currentTarget.value)}
        />
        <small>
          What sort of site it is. Sessions can be told per type, and across types.
          {source && ' Another type holds for its old sessions, too.'}
        </small>
      </label>
      <datalist id={`${id}-types`}>
        {KNOWN_TYPES.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <label class="field">
        <span>Origins that may send (optional)</span>
        <textarea
          class="input"
          placeholder="https://shop.example"
          value={origins}
          aria-invalid={parsed.ok ? undefined : 'true'}
          onInput={(event) => setOrigins(event.currentTarget.value)}
        />
        <small>One in each line. Left empty, any site that has the key may send.</small>
      </label>
      {!parsed.ok && <p class="mend">{parsed.mend}</p>}
      {problem && (
        <p class="mend" role="alert">
          {problem.message}
        </p>
      )}
      <footer class="row">
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            Cancel
          </button>
        )}
        <button class="button first" disabled={isBusy || !parsed.ok}>
          {source ? 'Save' : 'Create source'}
        </button>
      </footer>
    </form>
  )
}
