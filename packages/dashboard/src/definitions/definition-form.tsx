import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { Problem } from '../api/problem.ts'
import type { Source } from '../api/source.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import type { Draft } from './draft.ts'
import type { FieldProblems } from './field-problems.ts'
import { ChoiceRule, LinesRule, SetRule, TextRule } from './rule-fields.tsx'
import type { RuleFieldProps } from './rule-fields.tsx'

interface DefinitionFormProps {
  readonly draft: Draft
  readonly problems: FieldProblems
  /** Why it was not saved. */
  readonly refusal: Problem | undefined
  readonly sources: readonly Source[]
  readonly isNew: boolean
  /** Built-in definitions can be looked at and copied. */
  readonly isReadOnly: boolean
  readonly canSave: boolean
  readonly onChange: (changed: Partial<Draft>) => void
  readonly onSave: () => void
}

/** Every rule a definition can hold, each with a sentence that says what it does as it is set. */
export function DefinitionForm(props: DefinitionFormProps): JSX.Element {
  const { draft, problems, refusal, sources, isNew, isReadOnly, canSave, onChange, onSave } = props
  const zones = useId()
  const field: RuleFieldProps = { draft, problems, isReadOnly, onChange }
  const types = [...new Set(sources.map(({ type }) => type))].sort()
  const save = (event: Event): void => {
    event.preventDefault()
    onSave()
  }
  return (
    <form class="panel definition-form" aria-label="Rules" onSubmit={save}>
      <div class="body">
        {isReadOnly && (
          <p class="note">
            This definition is built in and stays as it is.{' '}
            <a href={placeLink(['definitions', 'new'], { from: draft.name })}>Begin a new one from it</a>
          </p>
        )}
        {refusal && !refusal.errors && <ProblemNote problem={refusal} />}
        {problems.others.map((sentence) => (
          <p key={sentence} class="mend" role="alert">
            {sentence}
          </p>
        ))}
        <fieldset>
          <legend>Whose sessions</legend>
          <TextRule
            {...field}
            field="name"
            words="Name"
            isReadOnly={!isNew}
            isRequired
            placeholder="game"
            hint="Small letters, digits and hyphens. It stands in addresses and in the API."
          />
          <ChoiceRule
            {...field}
            field="scope"
            words="A session belongs to"
            choices={{ visitor: 'one browser', profile: 'one person, on all devices and sites' }}
          />
          <ChoiceRule
            {...field}
            field="by"
            words="It is told by"
            choices={{ gap: 'these rules', client: 'the id the sender gave' }}
          />
        </fieldset>
        <fieldset>
          <legend>When a session is over</legend>
          <TextRule {...field} field="timeout" words="Timeout" isRequired placeholder="30m" />
          <TextRule {...field} field="maxLength" words="Longest length" placeholder="none; such as 6h" />
          <TextRule {...field} field="maxEvents" words="Most events" placeholder="none; such as 100" />
          <TextRule
            {...field}
            field="dayBoundary"
            words="Midnight in"
            placeholder="no zone; such as Europe/Paris"
            suggestions={{ id: zones, values: timeZones() }}
          />
        </fieldset>
        <fieldset>
          <legend>What else begins another</legend>
          <SetRule {...field} field="splitOn" words="Another" values={['campaign', 'referrer', 'user']} />
          <TextRule
            {...field}
            field="property"
            words="Property"
            placeholder="none; such as properties.order_id"
          />
          <LinesRule {...field} field="startEvents" words="Start events" placeholder="login" />
          <LinesRule {...field} field="endEvents" words="End events" placeholder="logout" />
        </fieldset>
        <fieldset>
          <legend>Which events take part</legend>
          <SetRule {...field} field="sourceTypes" words="Types of sites" values={types} />
          <SetRule {...field} field="sources" words="Sources" values={sources.map(({ name }) => name)} />
          <LinesRule {...field} field="passiveEvents" words="Passive events" placeholder="still_open" />
        </fieldset>
      </div>
      {!isReadOnly && (
        <footer class="form-foot">
          <a class="button" href={placeLink(['definitions'])}>
            Cancel
          </a>
          <button class="button first" disabled={!canSave}>
            {isNew ? 'Make it' : 'Save as a new version'}
          </button>
        </footer>
      )}
    </form>
  )
}

function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone')
}
