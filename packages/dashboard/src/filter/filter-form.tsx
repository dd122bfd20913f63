import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { filterValueWords, parseFilterValue } from './filter-value.ts'
import type { Filter } from './filters.ts'

interface FilterFormProps {
  readonly filter: Filter
  readonly suggestions: readonly string[]
  readonly onApply: (value: string) => void
  readonly onBack: () => void
}

/** Asks for one filter's value, with what the data hold as suggestions. */
export function FilterForm({ filter, suggestions, onApply, onBack }: FilterFormProps): JSX.Element {
  const choices = filter.kind === 'flag' ? ['true', 'false'] : filter.choices
  const [typed, setTyped] = useState(choices?.[0] ?? '')
  const [mend, setMend] = useState<string>()
  const id = useId()
  const apply = (event: Event): void => {
    event.preventDefault()
    const parsed = parseFilterValue(filter, typed)
    if (parsed.ok) onApply(parsed.value)
    else setMend(parsed.mend)
  }
  return (
    <form class="filter-form" onSubmit={apply}>
      <label class="field">
        <span>{filter.words}</span>
        {choices ? (
          <select class="input" value={typed} onChange={(event) => setTyped(event.currentTarget.value)}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {filterValueWords(filter, choice)}
              </option>
            ))}
          </select>
        ) : (
          <input
            class="input"
            value={typed}
            list={`${id}-suggestions`}
            placeholder={filter.example}
            autocomplete="off"
            aria-invalid={mend ? 'true' : undefined}
            aria-describedby={mend ? `${id}-mend` : undefined}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </label>
      <datalist id={`${id}-suggestions`}>
        {suggestions.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      {mend && (
        <p class="mend" id={`${id}-mend`} role="alert">
          {mend}
        </p>
      )}
      <div class="row">
        <button class="button first">Apply</button>
        <button type="button" class="button" onClick={onBack}>
          Back
        </button>
      </div>
    </form>
  )
}
