import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Problem } from '../api/problem.ts'
import { change } from '../api/request.ts'
import type { Goal, ScoringRule } from '../api/scoring.ts'
import { useCanChange } from '../login/can-change.ts'
import { Icon } from '../design/icon.tsx'
import { Sent } from '../design/sent.tsx'
import type { RuleDraft } from './rule-draft.ts'
import { emptyDraft, matchOf, pointsOf, ruleDraftOf } from './rule-draft.ts'

interface RuleListFormProps<Rule extends ScoringRule | Goal> {
  /** As the API names the list. */
  readonly kind: 'rules' | 'goals'
  readonly title: string
  readonly explanation: string
  /** What the first field is: points or the goal's name. */
  readonly headWords: string
  readonly stored: readonly Rule[]
  readonly onSaved: () => void
}

const PATHS = { rules: 'scoring', goals: 'goals' } as const

const COLUMNS = [
  { field: 'name', words: 'Event name', example: 'demo_requested' },
  { field: 'path', words: 'Path', example: '/pricing or /docs/**' },
  { field: 'tags', words: 'Tags', example: 'cta, pricing' },
  { field: 'properties', words: 'Properties', example: 'plan=pro, value>=50' },
] as const

/** A list of rules, one in each line; it is saved as a whole. */
export function RuleListForm<Rule extends ScoringRule | Goal>(props: RuleListFormProps<Rule>): JSX.Element {
  const { kind, title, explanation, headWords, stored, onSaved } = props
  const canChange = useCanChange()
  const [drafts, setDrafts] = useState<readonly RuleDraft[]>(() => stored.map(ruleDraftOf))
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const [isChanged, setChanged] = useState(false)
  const set = (changed: readonly RuleDraft[]): void => {
    setDrafts(changed)
    setChanged(true)
    setProblem(undefined)
  }
  const edit = (key: number, edited: Partial<RuleDraft>): void =>
    set(drafts.map((draft) => (draft.key === key ? { ...draft, ...edited } : draft)))
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const list = drafts.map((draft) => {
      const match = matchOf(draft, stored[draft.key]?.match.type)
      return kind === 'rules' ? { match, points: pointsOf(draft) } : { name: draft.head.trim(), match }
    })
    const answer = await change('PUT', PATHS[kind], { [kind]: list })
    setBusy(false)
    if (!answer.ok) return setProblem(answer.problem)
    setChanged(false)
    onSaved()
  }
  const nextKey = Math.max(stored.length, ...drafts.map(({ key }) => key + 1))
  const wrongIn = (at: number): readonly string[] =>
    problem?.errors?.filter((each) => each.startsWith(`${kind}[${at}]`)) ?? []
  return (
    <form class="panel rule-list" aria-label={title} onSubmit={(event) => void save(event)}>
      <header>
        <h2>{title}</h2>
        {canChange && (
          <button type="button" class="button small" onClick={() => set([...drafts, emptyDraft(nextKey)])}>
            <Icon name="plus" />
            {kind === 'rules' ? 'Rule' : 'Goal'}
          </button>
        )}
      </header>
      <div class="body stack">
        <p class="muted">{explanation}</p>
        {problem && !problem.errors && (
          <p class="mend" role="alert">
            {problem.message} {problem.advice}
          </p>
        )}
        {drafts.length === 0 && <p class="muted">None yet.</p>}
        {drafts.map((draft, at) => (
          <fieldset key={draft.key} class="rule-line">
            <legend class="unseen">
              {headWords} {at + 1}
            </legend>
            <label>
              <span>{headWords}</span>
              <input
                class="input"
                required
                readOnly={!canChange}
                value={draft.head}
                onInput={(event) => edit(draft.key, { head: event.currentTarget.value })}
              />
            </label>
            {COLUMNS.map(({ field, words, example }) => (
              <label key={field}>
                <span>{words}</span>
                <input
                  class="input"
                  readOnly={!canChange}
                  value={draft[field]}
                  placeholder={`any; ${example}`}
                  spellcheck={false}
                  onInput={(event) => edit(draft.key, { [field]: event.currentTarget.value })}
                />
              </label>
            ))}
            {canChange && (
              <button
                type="button"
                class="button bare square"
                aria-label={`Remove ${headWords.toLowerCase()} ${at + 1}`}
                onClick={() => set(drafts.filter(({ key }) => key !== draft.key))}
              >
                <Icon name="trash" />
              </button>
            )}
            {wrongIn(at).map((sentence) => (
              <p key={sentence} class="mend" role="alert">
                <Sent text={sentence} maxChars={400} />
              </p>
            ))}
          </fieldset>
        ))}
      </div>
      {canChange && (
        <footer class="rule-foot">
          <button class="button first" disabled={isBusy || !isChanged}>
            Save
          </button>
        </footer>
      )}
    </form>
  )
}
