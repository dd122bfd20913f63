import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { RankedGroup, RankingAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { durationText } from '../words/duration.ts'
import { percent, wholeNumber } from '../words/number.ts'
import { narrow } from '../filter/narrow.ts'
import type { RankingKind } from './rankings.ts'
import { rowParams } from './rankings.ts'

const FIRST_ROWS = 8
const ALL_ROWS = 100

interface RankingPanelProps {
  readonly kind: RankingKind
  readonly query: Params
  readonly shared: Readonly<Record<string, string>>
}

/** The most frequent values of one kind, each with a bar that leads to its sessions. */
export function RankingPanel({ kind, query, shared }: RankingPanelProps): JSX.Element | null {
  const [limit, setLimit] = useState(FIRST_ROWS)
  const { value, problem, reload } = useAnswer<RankingAnswer>(`metrics/${kind.metric}`, { ...query, limit })
  // What a site may well do without takes no room where it does.
  if (kind.isOptional && (!value || !hasLabels(kind, value.rows))) return null
  return (
    <section class="panel" aria-label={kind.words}>
      <header>
        <h2>{kind.words}</h2>
      </header>
      <div class="body">
        {problem && <ProblemNote problem={problem} onRetry={reload} />}
        {!value && !problem && <Waiting />}
        {value && <RankingRows kind={kind} rows={value.rows} total={value.total.sessions} shared={shared} />}
        {value?.more && limit < ALL_ROWS && (
          <button type="button" class="button small" onClick={() => setLimit(ALL_ROWS)}>
            Show more<span class="unseen"> of {kind.words}</span>
          </button>
        )}
      </div>
    </section>
  )
}

interface RankingRowsProps {
  readonly kind: RankingKind
  readonly rows: readonly RankedGroup[]
  readonly total: number
  readonly shared: Readonly<Record<string, string>>
}

function RankingRows({ kind, rows, total, shared }: RankingRowsProps): JSX.Element {
  if (!hasLabels(kind, rows)) return <p class="muted">Nothing in this time.</p>
  const largest = Math.max(...rows.map((row) => row.sessions), 1)
  return (
    <table class="ranking">
      <colgroup>
        <col />
        <col class="count-column" />
        <col class="share-column" />
      </colgroup>
      <thead>
        <tr>
          {[kind.words, 'Sessions', 'Share'].map((head) => (
            <th key={head} scope="col">
              <span class="unseen">{head}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const label = kind.label(row)
          const behind = narrow(shared, rowParams(kind, row))
          const name = label === undefined ? kind.none : <Sent text={label} maxChars={80} />
          return (
            <tr key={`${label}${kind.filters.map((filter) => row[filter]).join()}`} title={rowTitle(row)}>
              <th scope="row" class="cut">
                <span class="bar" style={{ width: `${(row.sessions / largest) * 100}%` }} />
                <a href={placeLink(['sessions'], behind)}>{name}</a>
              </th>
              <td class="number">
                {/* The same link as on its name, which keys reach: one stop for each row. */}
                <a href={placeLink(['sessions'], behind)} tabIndex={-1}>
                  {wholeNumber(row.sessions)}
                </a>
              </td>
              <td class="number muted">{percent(total === 0 ? 0 : row.sessions / total)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function hasLabels(kind: RankingKind, rows: readonly RankedGroup[]): boolean {
  return rows.some((row) => kind.label(row) !== undefined)
}

function rowTitle({ meanDuration, bounceRate, conversionRate }: RankedGroup): string {
  const parts = [
    meanDuration === null ? '' : `mean duration ${durationText(meanDuration)}`,
    bounceRate === null ? '' : `bounce rate ${percent(bounceRate)}`,
    conversionRate === null ? '' : `converted ${percent(conversionRate)}`,
  ]
  return parts.filter(Boolean).join(', ')
}
