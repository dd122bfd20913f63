import './definitions.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { goTo } from '../address/use-place.ts'
import type { Definition } from '../api/definition.ts'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import type { SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { VersionLink } from '../compare/version-link.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { useCanChange } from '../login/can-change.ts'
import { ReadOnlyNote } from '../login/read-only-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { DefinitionForm } from './definition-form.tsx'
import type { Draft } from './draft.ts'
import { EMPTY_DRAFT, draftOf, rulesOf } from './draft.ts'
import { fieldProblems } from './field-problems.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { usePreview } from './use-preview.ts'

interface EditPageProps {
  /** The definition to change; undefined makes a new one. */
  readonly name?: string
  /** `timeout`: what a new one begins with; `from`: the definition it begins as. */
  readonly params: Readonly<Record<string, string>>
}

/** Makes or changes a definition, beside what it makes of the latest events. */
export function EditPage({ name, params }: EditPageProps): JSX.Element {
  const from = name ?? params['from']
  const stored = useAnswer<Definition>(
    from === undefined ? undefined : `definitions/${encodeURIComponent(from)}`,
  )
  const canChange = useCanChange()
  const isThere = from === undefined || stored.value !== undefined
  return (
    <div class="page">
      <header>
        <div class="trail">
          <a href={placeLink(['definitions'])}>Definitions</a>
          <h1>{name === undefined ? 'New definition' : <Sent text={name} maxChars={64} />}</h1>
          {stored.value && name !== undefined && <span class="badge">Version {stored.value.version}</span>}
          {stored.value && name !== undefined && <VersionLink definition={stored.value} />}
        </div>
      </header>
      {stored.problem && !stored.value && <ProblemNote problem={stored.problem} onRetry={stored.reload} />}
      {!isThere && !stored.problem && <Waiting lines={8} />}
      {!canChange && <ReadOnlyNote>A preview is of a change, too.</ReadOnlyNote>}
      {isThere && <Editor stored={stored.value} isNew={name === undefined} timeout={params['timeout']} />}
    </div>
  )
}

interface EditorProps {
  readonly stored: Definition | undefined
  readonly isNew: boolean
  readonly timeout: string | undefined
}

function Editor({ stored, isNew, timeout }: EditorProps): JSX.Element {
  const [draft, setDraft] = useState<Draft>(() => ({
    ...(stored ? draftOf(stored) : EMPTY_DRAFT),
    ...(isNew && { name: '', ...(timeout !== undefined && { timeout }) }),
  }))
  const [refusal, setRefusal] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const sources = useAnswer<SourcesAnswer>('sources')
  const canChange = useCanChange()
  const preview = usePreview(canChange ? rulesOf(draft) : undefined)
  const isReadOnly = !canChange || (!isNew && stored?.isBuiltIn === true)

  const set = (changed: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changed }))
    setRefusal(undefined)
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    const answer = await change('PUT', `definitions/${encodeURIComponent(draft.name.trim())}`, rulesOf(draft))
    setBusy(false)
    if (answer.ok) goTo(['definitions'])
    else setRefusal(answer.problem)
  }
  const isWrong = preview.problem?.errors !== undefined
  const problems = fieldProblems([...(refusal?.errors ?? []), ...(preview.problem?.errors ?? [])])
  return (
    <div class="editor-columns">
      <DefinitionForm
        draft={draft}
        problems={problems}
        refusal={refusal}
        sources={sources.value?.sources ?? []}
        isNew={isNew}
        isReadOnly={isReadOnly}
        canSave={!isBusy && !isWrong}
        onChange={set}
        onSave={() => void save()}
      />
      {canChange && <PreviewPanel preview={preview} isWrong={isWrong} stored={stored} />}
    </div>
  )
}
