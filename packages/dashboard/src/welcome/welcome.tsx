import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { goTo } from '../address/use-place.ts'
import type { EventsPage } from '../api/event.ts'
import type { Source, SourcesAnswer } from '../api/source.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { ReadOnlyNote } from '../login/read-only-note.tsx'
import { SnippetTabs } from '../sources/snippet-tabs.tsx'
import { SourceForm } from '../sources/source-form.tsx'

/** How often to look for the first event, in ms. */
const ASK_MS = 1_500

/** The first minutes: a source, its snippet, and the wait for the first event, which leads on to the live view. */
export function Welcome(): JSX.Element {
  const { value, problem, reload } = useAnswer<SourcesAnswer>('sources')
  const arrived = useAnswer<EventsPage>('events', { limit: 1 }, ASK_MS)
  const [chosenId, setChosenId] = useState<string>()
  const hasData = (arrived.value?.events.length ?? 0) > 0
  useEffect(() => {
    if (hasData) goTo(['live'])
  }, [hasData])

  const sources = value?.sources ?? []
  const source = sources.find((candidate) => candidate.id === chosenId) ?? sources[0]
  return (
    <div class="page page-narrow welcome">
      <header>
        <h1>Send the first event</h1>
      </header>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting />}
      {value && !source && (
        <section class="panel">
          <header>
            <h2>What do you want to track?</h2>
          </header>
          <div class="body stack">
            <p class="muted">
              Each site or app is a source with a write key of its own. Start with one; more can follow.
            </p>
            <SourceForm onDone={reload} />
          </div>
        </section>
      )}
      {source && (
        <section class="panel">
          <header>
            <h2>Put this where your visitors are</h2>
            {sources.length > 1 && <SourceChoice sources={sources} chosen={source} onChoose={setChosenId} />}
          </header>
          <div class="body">
            {source.writeKey === undefined ? (
              <ReadOnlyNote>Write keys and snippets are hidden.</ReadOnlyNote>
            ) : (
              <SnippetTabs key={source.id} writeKey={source.writeKey} />
            )}
          </div>
        </section>
      )}
      {source && (
        <p class="waiting-line" role="status">
          <span class="pulse" aria-hidden="true" />
          Waiting for the first event. This page goes on by itself when it arrives.
        </p>
      )}
    </div>
  )
}

interface SourceChoiceProps {
  readonly sources: readonly Source[]
  readonly chosen: Source
  readonly onChoose: (id: string) => void
}

function SourceChoice({ sources, chosen, onChoose }: SourceChoiceProps): JSX.Element {
  return (
    <label class="row">
      <span class="muted">Source</span>
      <select class="input grow" value={chosen.id} onChange={(event) => onChoose(event.currentTarget.value)}>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
    </label>
  )
}
