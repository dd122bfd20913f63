import type { ComponentChildren, JSX } from 'preact'
import { useId } from 'preact/hooks'
import { Sent } from '../design/sent.tsx'
import type { Draft, DraftField } from './draft.ts'
import type { FieldProblems } from './field-problems.ts'
import { ruleSentence } from './rule-sentences.ts'

/** What every field of the form is given. */
export interface RuleFieldProps {
  readonly draft: Draft
  readonly problems: FieldProblems
  readonly isReadOnly: boolean
  readonly onChange: (changed: Partial<Draft>) => void
}

/** Fields of one kind of value. */
type FieldOf<Value> = { [Key in DraftField]: Draft[Key] extends Value ? Key : never }[DraftField]

interface Described<Field extends DraftField> extends RuleFieldProps {
  readonly field: Field
  readonly words: string
}

interface TextRuleProps extends Described<Exclude<FieldOf<string>, 'scope' | 'by'>> {
  readonly placeholder?: string
  readonly isRequired?: boolean
  /** Instead of a sentence about the rule. */
  readonly hint?: string
  readonly suggestions?: { readonly id: string; readonly values: readonly string[] }
}

/** A field to type one value into. */
export function TextRule(props: TextRuleProps): JSX.Element {
  const {
    field,
    draft,
    words,
    placeholder,
    isReadOnly,
    isRequired = false,
    hint,
    suggestions,
    onChange,
  } = props
  const { id, isWrong, below } = useExplained(props, hint)
  return (
    <div class="rule">
      <label for={id}>{words}</label>
      <div class="rule-value">
        <input
          id={id}
          class="input"
          value={draft[field]}
          placeholder={placeholder}
          required={isRequired}
          readOnly={isReadOnly}
          autocomplete="off"
          spellcheck={false}
          list={suggestions?.id}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={`${id}-says`}
          onInput={(event) => onChange({ [field]: event.currentTarget.value })}
        />
        {suggestions && (
          <datalist id={suggestions.id}>
            {suggestions.values.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        )}
        {below}
      </div>
    </div>
  )
}

/** A field for names of events, one in each line. */
export function LinesRule(
  props: Described<'startEvents' | 'endEvents' | 'passiveEvents'> & { readonly placeholder: string },
): JSX.Element {
  const { field, draft, words, placeholder, isReadOnly, onChange } = props
  const { id, isWrong, below } = useExplained(props)
  return (
    <div class="rule">
      <label for={id}>{words}</label>
      <div class="rule-value">
        <textarea
          id={id}
          class="input"
          rows={2}
          value={draft[field]}
          placeholder={`one in each line, such as ${placeholder}`}
          readOnly={isReadOnly}
          spellcheck={false}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={`${id}-says`}
          onInput={(event) => onChange({ [field]: event.currentTarget.value })}
        />
        {below}
      </div>
    </div>
  )
}

/** One of two ways. */
export function ChoiceRule(
  props: Described<'scope' | 'by'> & { readonly choices: Readonly<Record<string, string>> },
): JSX.Element {
  const { field, draft, words, choices, isReadOnly, onChange } = props
  const { id, below } = useExplained(props)
  return (
    <div class="rule" role="radiogroup" aria-labelledby={`${id}-words`} aria-describedby={`${id}-says`}>
      <span id={`${id}-words`}>{words}</span>
      <div class="rule-value">
        <div class="row choices">
          {Object.entries(choices).map(([value, meaning]) => (
            <label key={value} class="row">
              <input
                type="radio"
                name={id}
                checked={draft[field] === value}
                disabled={isReadOnly}
                onChange={() => onChange({ [field]: value })}
              />
              {meaning}
            </label>
          ))}
        </div>
        {below}
      </div>
    </div>
  )
}

/** Any number of given values. */
export function SetRule(
  props: Described<'splitOn' | 'sources' | 'sourceTypes'> & { readonly values: readonly string[] },
): JSX.Element {
  const { field, draft, words, values, isReadOnly, onChange } = props
  const { id, below } = useExplained(props)
  const chosen = draft[field]
  // What is stored but no longer there can be taken off.
  const all = [...new Set([...values, ...chosen])]
  const toggle = (value: string): void =>
    onChange({
      [field]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value],
    })
  return (
    <div class="rule" role="group" aria-labelledby={`${id}-words`} aria-describedby={`${id}-says`}>
      <span id={`${id}-words`}>{words}</span>
      <div class="rule-value">
        <div class="row choices">
          {all.map((value) => (
            <label key={value} class="row">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                disabled={isReadOnly}
                onChange={() => toggle(value)}
              />
              <Sent text={value} maxChars={60} />
            </label>
          ))}
          {all.length === 0 && <span class="muted">none yet</span>}
        </div>
        {below}
      </div>
    </div>
  )
}

/** The sentence of a field, or what is wrong with it. */
function useExplained(
  { field, draft, problems }: Described<DraftField>,
  hint?: string,
): { readonly id: string; readonly isWrong: boolean; readonly below: ComponentChildren } {
  const id = useId()
  const wrong = problems.byField[field] ?? []
  const sentence = hint ?? (field === 'name' ? '' : ruleSentence(field, draft))
  return {
    id,
    isWrong: wrong.length > 0,
    below: (
      <small id={`${id}-says`}>
        {wrong.length > 0 ? (
          <span class="mend" role="alert">
            <Sent text={wrong.join(' ')} maxChars={600} />
          </span>
        ) : (
          <Sent text={sentence} maxChars={400} />
        )}
      </small>
    ),
  }
}
