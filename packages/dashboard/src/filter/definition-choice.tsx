import type { JSX } from 'preact'
import type { DefinitionsAnswer } from '../api/definition.ts'
import { useAnswer } from '../api/use-answer.ts'

interface DefinitionChoiceProps {
  /** Undefined: as the browsers stamped them. */
  readonly chosen: string | undefined
  readonly onChoose: (name: string | undefined) => void
}

const STAMPED = 'client'

/** Which sessions the page is about: those of which definition. */
export function DefinitionChoice({ chosen = STAMPED, onChoose }: DefinitionChoiceProps): JSX.Element {
  const { value } = useAnswer<DefinitionsAnswer>('definitions')
  const names = value?.definitions.map(({ name }) => name) ?? [STAMPED]
  return (
    <label class="row definition-choice">
      <span class="muted">Sessions as</span>
      <select
        class="input fitting"
        value={chosen}
        onChange={({ currentTarget: { value: name } }) => onChoose(name === STAMPED ? undefined : name)}
      >
        {[...new Set([...names, chosen])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
