import './sources.css'
import type { JSX } from 'preact'
import { useId, useMemo, useState } from 'preact/hooks'
import { useAnswer } from '../api/use-answer.ts'
import { CodeBox } from '../design/code-box.tsx'
import { Tabs } from '../design/tabs.tsx'
import { collectorUrl } from './collector-url.ts'
import { snippetsFor } from './snippets.ts'
import type { Snippet } from './snippets.ts'

/** How to send with a write key: the code, ready to copy. */
export function SnippetTabs({ writeKey }: { readonly writeKey: string }): JSX.Element {
  const [chosen, setChosen] = useState<Snippet['key']>('script')
  const id = useId()
  const snippets = useMemo(() => snippetsFor(writeKey, collectorUrl(), newEventId), [writeKey])
  const snippet = snippets.find((candidate) => candidate.key === chosen)!
  return (
    <div class="snippets">
      <Tabs label="Ways to send" tabs={snippets} chosen={chosen} onChoose={setChosen} panelId={id} />
      <div class="stack snippet" role="tabpanel" id={id} aria-labelledby={`${id}-${chosen}`}>
        <p class="muted">{snippet.explanation}</p>
        <CodeBox code={snippet.code} what={`${snippet.words} snippet`} />
        {chosen === 'script' && <Pin />}
      </div>
    </div>
  )
}

/** What pins the script file that this collector serves now, so that a browser runs no other: subresource integrity. */
function Pin(): JSX.Element | null {
  const { value } = useAnswer<{ readonly integrity?: string }>('script')
  if (value?.integrity === undefined) return null
  return (
    <details>
      <summary>Pin this file</summary>
      <div class="stack">
        <p class="muted">
          With these attributes browsers run this very file and no other. Change the hash when the collector
          is upgraded.
        </p>
        <CodeBox
          code={`integrity="${value.integrity}" crossorigin="anonymous"`}
          what="integrity attributes"
        />
      </div>
    </details>
  )
}

/** Only secure contexts have `randomUUID`, and a dashboard on plain http in the office is none. */
function newEventId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
