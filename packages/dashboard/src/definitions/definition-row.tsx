import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { Definition } from '../api/definition.ts'
import { useCanChange } from '../login/can-change.ts'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import { percent, wholeNumber } from '../words/number.ts'
import { rulesInShort } from './rule-sentences.ts'

/** Told as the events are stored, so there is nothing to rebuild. */
const STAMPED = 'client'

interface DefinitionRowProps {
  readonly definition: Definition
  readonly onRebuild: () => void
  readonly onRemove: () => void
}

/** One definition of the list. */
export function DefinitionRow({ definition, onRebuild, onRemove }: DefinitionRowProps): JSX.Element {
  const { name, version, isBuiltIn } = definition
  const canChange = useCanChange()
  return (
    <tr>
      <th scope="row">
        <a href={placeLink(['definitions', 'edit', name])}>{name}</a>
        {isBuiltIn && <span class="badge">built in</span>}
      </th>
      <td class="definition-rules whole-line">
        <Sent text={rulesInShort(definition)} maxChars={300} />
      </td>
      <td class="number" data-head="Version">
        {wholeNumber(version)}
      </td>
      <td>
        <DefinitionState definition={definition} />
      </td>
      <td class="definition-acts">
        <div class="row definition-actions">
          <a class="button small" href={placeLink(['sessions'], { definition: name })}>
            Sessions<span class="unseen"> under {name}</span>
          </a>
          {canChange && name !== STAMPED && (
            <button type="button" class="button small" onClick={onRebuild}>
              Rebuild<span class="unseen"> {name}</span>
            </button>
          )}
          {canChange && !isBuiltIn && (
            <button
              type="button"
              class="button small bare"
              aria-label={`Remove ${name}`}
              title="Remove"
              onClick={onRemove}
            >
              <Icon name="trash" />
            </button>
          )}
        </div>
      </td>
    </tr>
  )
}

function DefinitionState({ definition }: { readonly definition: Definition }): JSX.Element {
  const { status, progress, name } = definition
  if (status === 'ready')
    return (
      <span class="badge good">
        <span class="dot" /> Ready
      </span>
    )
  if (status === 'idle')
    return (
      <span class="badge" title="Its sessions are told when somebody first asks for them">
        Not told yet
      </span>
    )
  return (
    <span class="row telling" title="Until it is done, readers see the version before">
      <progress value={progress} max={1} aria-label={`How far ${name} is told`} />
      <span class="muted">{percent(Math.floor(progress * 100) / 100)}</span>
    </span>
  )
}
