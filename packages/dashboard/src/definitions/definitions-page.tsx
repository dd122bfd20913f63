import './definitions.css'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Definition, DefinitionsAnswer } from '../api/definition.ts'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import { useCanChange } from '../login/can-change.ts'
import { ReadOnlyNote } from '../login/read-only-note.tsx'
import { useAnswer } from '../api/use-answer.ts'
import { Icon } from '../design/icon.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { DefinitionRow } from './definition-row.tsx'
import { DefinitionsNav } from './definitions-nav.tsx'
import { RemoveDefinition } from './remove-definition.tsx'

/** While sessions are being told, how far that is is asked this often, in ms. */
const FOLLOW_MS = 1_000
const SELDOM_MS = 15_000

/** All definitions: what each says, how far its telling is, and what can be done with it. */
export function DefinitionsPage(): JSX.Element {
  const canChange = useCanChange()
  const [isBuilding, setBuilding] = useState(false)
  const { value, problem, reload } = useAnswer<DefinitionsAnswer>(
    'definitions',
    {},
    isBuilding ? FOLLOW_MS : SELDOM_MS,
  )
  const [removing, setRemoving] = useState<Definition>()
  const [failure, setFailure] = useState<Problem>()
  const building = value?.definitions.some(({ status }) => status === 'building') ?? false
  if (building !== isBuilding) setBuilding(building)

  const rebuild = async ({ name }: Definition): Promise<void> => {
    const answer = await change('POST', `definitions/${encodeURIComponent(name)}/rebuild`)
    setFailure(answer.ok ? undefined : answer.problem)
    reload()
  }
  return (
    <div class="page">
      <header>
        <h1>Definitions</h1>
        <DefinitionsNav shown="list" />
        {canChange && (
          <a class="button first" href={placeLink(['definitions', 'new'])}>
            <Icon name="plus" />
            New definition
          </a>
        )}
      </header>
      {!canChange && <ReadOnlyNote />}
      <p class="muted">
        A definition is a rule that makes sessions of events. All of them tell the same events; none changes
        them.
      </p>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {failure && <ProblemNote problem={failure} />}
      {!value && !problem && <Waiting lines={6} />}
      {value && (
        <section class="panel scroll-x" aria-label="All definitions" tabIndex={0} role="region">
          <table class="plain-table definitions-table stacking">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">A session</th>
                <th scope="col" class="number">
                  Version
                </th>
                <th scope="col">State</th>
                <th scope="col">
                  <span class="unseen">What to do with it</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {value.definitions.map((definition) => (
                <DefinitionRow
                  key={definition.name}
                  definition={definition}
                  onRebuild={() => void rebuild(definition)}
                  onRemove={() => setRemoving(definition)}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {removing && (
        <RemoveDefinition
          definition={removing}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => {
            setRemoving(undefined)
            reload()
          }}
        />
      )}
    </div>
  )
}
