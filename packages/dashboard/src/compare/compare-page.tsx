import '../definitions/definitions.css'
import './compare.css'
import type { ComparedSide, DefinitionComparison, ToldDifference } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import { goTo } from '../address/use-place.ts'
import type { DefinitionsAnswer } from '../api/definition.ts'
import { useAnswer } from '../api/use-answer.ts'
import { DefinitionsNav } from '../definitions/definitions-nav.tsx'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { durationText } from '../words/duration.ts'
import { percent, relativeChange, wholeNumber } from '../words/number.ts'
import { comparableNames } from './comparable-names.ts'
import { Difference } from './difference.tsx'

interface ComparePageProps {
  readonly params: Readonly<Record<string, string>>
}

const EXAMPLES = 8

/** Two definitions, or two versions of one, side by side: their figures, and which sessions of the one are several under the other, and why. */
export function ComparePage({ params }: ComparePageProps): JSX.Element {
  const { first = 'client', second = 'visits' } = params
  const definitions = useAnswer<DefinitionsAnswer>('definitions')
  const { value, problem, reload, isLoading } = useAnswer<DefinitionComparison<ToldDifference>>(
    'definitions/compare',
    {
      first,
      second,
      examples: EXAMPLES,
    },
  )
  const choose = (changed: Readonly<Record<string, string>>): void =>
    goTo(['definitions', 'compare'], { first, second, ...changed })
  const names = definitions.value ? comparableNames(definitions.value.definitions) : [first, second]
  return (
    <div class="page">
      <header>
        <h1>Compare</h1>
        <DefinitionsNav shown="compare" />
      </header>
      <div class="row">
        <Choice
          label="First definition"
          names={names}
          chosen={first}
          onChoose={(name) => choose({ first: name })}
        />
        <span class="muted">with</span>
        <Choice
          label="Second definition"
          names={names}
          chosen={second}
          onChoose={(name) => choose({ second: name })}
        />
      </div>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting lines={8} />}
      {value && (
        <div class="stack" aria-busy={isLoading}>
          <Sides first={first} second={second} value={value} />
          <Examples first={first} second={second} value={value} />
        </div>
      )}
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly names: readonly string[]
  readonly chosen: string
  readonly onChoose: (name: string) => void
}

function Choice({ label, names, chosen, onChoose }: ChoiceProps): JSX.Element {
  return (
    <select
      class="input fitting"
      aria-label={label}
      value={chosen}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {[...new Set([...names, chosen])].map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

interface BothProps {
  readonly first: string
  readonly second: string
  readonly value: DefinitionComparison<ToldDifference>
}

const FIGURES = [
  { words: 'Sessions', read: (side: ComparedSide) => side.sessions, format: wholeNumber },
  {
    words: 'Bounce rate',
    read: ({ bounces, sessions }: ComparedSide) => bounces / Math.max(1, sessions),
    format: percent,
  },
  {
    words: 'Mean duration',
    read: ({ duration, sessions }: ComparedSide) => duration / Math.max(1, sessions),
    format: durationText,
  },
] as const

function Sides({ first, second, value }: BothProps): JSX.Element {
  return (
    <section class="panel scroll-x" aria-label="Figures of both" tabIndex={0} role="region">
      <table class="plain-table compare-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Figure</span>
            </th>
            {[first, second].map((name, at) => (
              <th key={at} scope="col" class="number">
                <a href={placeLink(['sessions'], { definition: name, range: 'all' })}>{name}</a>
              </th>
            ))}
            <th scope="col" class="number">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {FIGURES.map(({ words, read, format }) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              {[first, second].map((name, at) => (
                <td key={at} class="number strong">
                  <a href={placeLink(['sessions'], { definition: name, range: 'all' })} tabIndex={-1}>
                    {format(read(at === 0 ? value.first : value.second))}
                  </a>
                </td>
              ))}
              <td class="number muted">{relativeChange(read(value.second), read(value.first)) ?? '–'}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Told as several by the other</th>
            <td class="number">{wholeNumber(value.split)}</td>
            <td class="number">{wholeNumber(value.merged)}</td>
            <td />
          </tr>
          <tr>
            <th scope="row">With events that the other leaves out</th>
            <td class="number">{wholeNumber(value.onlyFirst)}</td>
            <td class="number">{wholeNumber(value.onlySecond)}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Examples({ first, second, value }: BothProps): JSX.Element {
  const kinds = [
    { kind: 'split', own: first, other: second },
    { kind: 'merged', own: second, other: first },
  ] as const
  return (
    <div class="compare-examples">
      {kinds.map(({ kind, own, other }) => {
        const examples = value.examples.filter((example) => example.kind === kind)
        return (
          <section key={kind} class="panel" aria-label={`One session of ${own}, several of ${other}`}>
            <header>
              <h2>
                One session of {own}, several of {other}
              </h2>
            </header>
            <div class="body stack">
              {examples.length === 0 && (
                <p class="muted">
                  There is none: {other} never cuts what {own} holds together.
                </p>
              )}
              {examples.map((example) => (
                <Difference key={example.session} example={example} own={own} other={other} />
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}
