import type { DefinitionPreview, RuleName } from '@sojourn/protocol'
import type { JSX } from 'preact'
import type { Definition } from '../api/definition.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { durationText } from '../words/duration.ts'
import { percent, relativeChange, wholeNumber } from '../words/number.ts'
import { shortTime } from '../words/time.ts'
import type { Preview } from './use-preview.ts'
import { draftOf, rulesOf } from './draft.ts'
import { usePreview } from './use-preview.ts'

const BEGAN: Readonly<Record<RuleName, string>> = {
  first: 'First of a visitor or person',
  client: 'Another id from the sender',
  'end-event': 'After an end event',
  timeout: 'After the timeout',
  'max-length': 'Longest length',
  'max-events': 'Most events',
  day: 'Midnight',
  'start-event': 'A start event',
  user: 'Another user',
  campaign: 'Another campaign',
  referrer: 'From another site',
  property: 'Another value of the property',
}

/** Half an hour, by visitor: what to compare with where nothing is stored yet. */
const USUAL = { timeout: '30m' }

interface PreviewPanelProps {
  readonly preview: Preview
  readonly isWrong: boolean
  /** What the draft is held against; undefined: the usual half hour. */
  readonly stored: Definition | undefined
}

/** What a draft makes of the latest events, beside what is stored. */
export function PreviewPanel({ preview, isWrong, stored }: PreviewPanelProps): JSX.Element {
  const before = usePreview(stored ? rulesOf(draftOf(stored)) : USUAL)
  const { value, problem, isLoading } = preview
  return (
    <section class="panel preview" aria-label="Preview" aria-busy={isLoading}>
      <header>
        <h2>What it makes of the latest events</h2>
      </header>
      <div class="body stack">
        {!value && !problem && <Waiting />}
        {problem && !isWrong && <ProblemNote problem={problem} />}
        {isWrong && <p class="muted">Mend what is marked, and the figures follow.</p>}
        {value?.events === 0 && <p class="muted">No event has arrived yet, so there is nothing to show.</p>}
        {value && value.events > 0 && (
          <div class={`stack ${isWrong ? 'outdated' : ''}`}>
            <Figures now={value} before={before.value} against={stored ? 'As stored' : '30 minutes'} />
            <Began preview={value} />
            <Extent preview={value} />
          </div>
        )}
      </div>
    </section>
  )
}

interface FiguresProps {
  readonly now: DefinitionPreview
  readonly before: DefinitionPreview | undefined
  readonly against: string
}

function Figures({ now, before, against }: FiguresProps): JSX.Element {
  const rows = [
    ['Sessions', now.sessions, before?.sessions, wholeNumber],
    ['Bounce rate', now.bounceRate, before?.bounceRate, percent],
    ['Mean duration', now.meanDuration, before?.meanDuration, durationText],
  ] as const
  return (
    <table class="plain-table">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Figure</span>
          </th>
          <th scope="col" class="number">
            This draft
          </th>
          <th scope="col" class="number">
            {against}
          </th>
          <th scope="col" class="number">
            Change
          </th>
        </tr>
      </thead>
      <tbody aria-live="polite">
        {rows.map(([words, value, other, format]) => (
          <tr key={words}>
            <th scope="row">{words}</th>
            <td class="number strong">{value === null ? '–' : format(value)}</td>
            <td class="number muted">{other === null || other === undefined ? '–' : format(other)}</td>
            <td class="number muted">
              {value === null ? '–' : (relativeChange(value, other ?? undefined) ?? '–')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Began({ preview }: { readonly preview: DefinitionPreview }): JSX.Element {
  const rows = (Object.entries(preview.began) as [RuleName, number][]).sort(([, a], [, b]) => b - a)
  return (
    <div>
      <h3>Why sessions began</h3>
      <ul class="bar-list">
        {rows.map(([rule, count]) => (
          <li key={rule}>
            <span class="bar" style={{ width: `${(count / preview.sessions) * 100}%` }} />
            <span>{BEGAN[rule] ?? rule}</span>
            <span class="number">{wholeNumber(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Extent({ preview: { events, from, to } }: { readonly preview: DefinitionPreview }): JSX.Element {
  const now = Date.now()
  return (
    <p class="muted">
      Of the latest {wholeNumber(events)} events
      {from !== undefined && to !== undefined && (
        <>
          , from {shortTime(Date.parse(from), now)} to {shortTime(Date.parse(to), now)}
        </>
      )}
      , told as if there were no others. Nothing is stored until you save.
    </p>
  )
}
