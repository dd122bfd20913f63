import type { Health } from '@sojourn/protocol'
import './health.css'
import type { JSX } from 'preact'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { byteSize, fineNumber, wholeNumber } from '../words/number.ts'
import { agoText, fullTime } from '../words/time.ts'
import { useNow } from '../words/use-now.ts'
import { Gaps, Refusals, Rejections } from './health-tables.tsx'
import type { Verdict } from './verdicts.ts'
import { rejectedCount, verdictsOf } from './verdicts.ts'

/** How often the figures are read again, in ms. */
const KEEP_UP_MS = 5_000

/** How the collector fares: what became of events, what is missing, and how fast they are made durable. */
export function HealthPage(): JSX.Element {
  const { value, problem, reload } = useAnswer<Health>('health', {}, KEEP_UP_MS)
  const now = useNow(5_000)
  return (
    <div class="page">
      <header>
        <h1>Health</h1>
        {value && (
          <span class="muted" title={fullTime(Date.parse(value.since))}>
            Counted since the collector started, {agoText(Date.parse(value.since), now)}
          </span>
        )}
      </header>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      {!value && !problem && <Waiting lines={6} />}
      {value && (
        <>
          <Verdicts verdicts={verdictsOf(value)} />
          <Figures health={value} />
          <div class="health-grid">
            <Rejections health={value} now={now} />
            <Gaps health={value} />
            <Refusals health={value} />
          </div>
        </>
      )}
    </div>
  )
}

function Verdicts({ verdicts }: { readonly verdicts: readonly Verdict[] }): JSX.Element {
  if (verdicts.length === 0)
    return (
      <p class="verdict good" role="status">
        <span class="dot" /> All is well: nothing is known to be lost, and nothing was rejected.
      </p>
    )
  return (
    <ul class="stack verdicts">
      {verdicts.map(({ mood, words, advice }) => (
        <li key={words} class={`note ${mood}`}>
          <strong>{words}</strong>
          <span class="muted">{advice}</span>
        </li>
      ))}
    </ul>
  )
}

function Figures({ health }: { readonly health: Health }): JSX.Element {
  const { events, commits } = health
  const figures = [
    ['Accepted', wholeNumber(events.accepted), 'Events that are stored'],
    ['Duplicates', wholeNumber(events.duplicates), 'Sent again and recognised: stored once'],
    ['Rejected', wholeNumber(rejectedCount(health)), 'Not stored; see why below'],
    ['Late', wholeNumber(events.late), 'Stored in their own time, though they came long after it'],
    [
      'Wrong clocks',
      wholeNumber(health.skewedBatches),
      'Batches from a clock that was plainly wrong; corrected',
    ],
    ['Commits', wholeNumber(commits.count), 'Transactions made durable'],
    ['Typical commit', msText(commits.p50Ms), 'Half of the commits are faster'],
    ['Slow commit', msText(commits.p99Ms), 'One of a hundred is slower'],
    ['Waiting', wholeNumber(commits.queuedEvents), 'Events on their way to the disk right now'],
    ['Stored', byteSize(health.storedBytes), 'Size of the database'],
    ['Memory', byteSize(health.memoryBytes), 'Of the collector’s process'],
    ['Live views', wholeNumber(health.streams), 'Streams that are open right now'],
  ] as const
  return (
    <dl class="figures panel">
      {figures.map(([words, value, meaning]) => (
        <div key={words} title={meaning}>
          <dt>{words}</dt>
          <dd class="figure">{value}</dd>
          <dd class="meaning">{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}

function msText(ms: number | undefined): string {
  return ms === undefined ? '–' : `${fineNumber(ms)} ms`
}
