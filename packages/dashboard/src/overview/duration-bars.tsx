import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import type { DurationBar, DurationsAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { narrow } from '../filter/narrow.ts'
import { shortDuration } from '../words/duration.ts'
import { percent, sessionCount, wholeNumber } from '../words/number.ts'

interface DurationBarsProps {
  readonly query: Params
  readonly shared: Readonly<Record<string, string>>
}

/** How long sessions last: a bar for each span, which leads to its sessions. */
export function DurationBars({ query, shared }: DurationBarsProps): JSX.Element {
  const { value, problem, reload } = useAnswer<DurationsAnswer>('metrics/durations', query)
  return (
    <section class="panel" aria-label="How long visits last">
      <header>
        <h2>How long visits last</h2>
      </header>
      <div class="body">
        {problem && <ProblemNote problem={problem} onRetry={reload} />}
        {!value && !problem && <Waiting />}
        {value && <Bars bars={value.bars} shared={shared} />}
      </div>
    </section>
  )
}

function Bars({
  bars,
  shared,
}: {
  readonly bars: readonly DurationBar[]
  readonly shared: Readonly<Record<string, string>>
}): JSX.Element {
  const total = bars.reduce((sum, bar) => sum + bar.sessions, 0)
  if (total === 0) return <p class="muted">Nothing in this time.</p>
  const largest = Math.max(...bars.map((bar) => bar.sessions), 1)
  return (
    <ul class="columns-chart">
      {bars.map((bar) => (
        <li key={bar.minDuration}>
          <a
            href={placeLink(['sessions'], narrow(shared, spanParams(bar)))}
            title={`${sessionCount(bar.sessions)}, ${percent(bar.sessions / total)}`}
          >
            <span class="column-count">{wholeNumber(bar.sessions)}</span>
            <span class="column" style={{ height: `${(bar.sessions / largest) * 120}px` }} />
            <span class="column-label">{spanText(bar)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function spanParams({ minDuration, maxDuration }: DurationBar): Readonly<Record<string, string | undefined>> {
  return { minDuration: String(minDuration), maxDuration: maxDuration?.toString() }
}

function spanText({ minDuration, maxDuration }: DurationBar): string {
  if (maxDuration === minDuration) return shortDuration(minDuration * 1000)
  // The bars' bounds are a second past a round figure, so that the round figure belongs below it.
  const from = shortDuration(Math.max(1, minDuration - 1) * 1000)
  return maxDuration === undefined ? `> ${from}` : `${from}–${shortDuration(maxDuration * 1000)}`
}
