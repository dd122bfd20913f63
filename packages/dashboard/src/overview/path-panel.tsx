import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { PathsAnswer, RankingAnswer } from '../api/metrics.ts'
import type { Params } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Sent } from '../design/sent.tsx'
import { Waiting } from '../design/waiting.tsx'
import { wholeNumber } from '../words/number.ts'
import { flatten, pathTree } from './path-tree.ts'
import type { PathNode } from './path-tree.ts'

const STEPS = 4
const MOST_PATHS = 200
/** The size of letters that the heights were chosen for: the picture grows with them. */
const ROOT_PX = 14
const HEIGHT_PX = 420
/** A block lower than this is left out: nobody could hit it. */
const SHOWN_PX = 5
/** A block lower than this has no room for words. */
const WORDS_PX = 18

interface PathPanelProps {
  readonly query: Params
  readonly shared: Readonly<Record<string, string>>
}

/** Which ways visits take through the pages, all or those that reach a goal. */
export function PathPanel({ query, shared }: PathPanelProps): JSX.Element {
  const [goal, setGoal] = useState('')
  const goals = useAnswer<RankingAnswer>('metrics/goals', { ...query, limit: 20 })
  const names = (goals.value?.rows ?? []).flatMap(({ goal: name }) =>
    typeof name === 'string' ? [name] : [],
  )
  const towards = goal === '' ? {} : { until: goal }
  const { value, problem, reload } = useAnswer<PathsAnswer>('metrics/paths', {
    ...query,
    ...towards,
    steps: STEPS,
    limit: MOST_PATHS,
  })
  return (
    <section class="panel wide-panel" aria-label="Ways through the pages">
      <header>
        <h2>Ways through the pages</h2>
        {names.length > 0 && (
          <label class="row">
            <span class="muted">Towards</span>
            <select
              class="input fitting"
              value={goal}
              onChange={(event) => setGoal(event.currentTarget.value)}
            >
              <option value="">anywhere</option>
              {names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <div class="body">
        {problem && <ProblemNote problem={problem} onRetry={reload} />}
        {!value && !problem && <Waiting />}
        {value && value.rows.length === 0 && <p class="muted">No page was seen in this time.</p>}
        {value && value.rows.length > 0 && (
          <PathPicture answer={value} shared={{ ...shared, ...(goal !== '' && { goal }) }} goal={goal} />
        )}
      </div>
    </section>
  )
}

function PathPicture({
  answer,
  shared,
  goal,
}: {
  readonly answer: PathsAnswer
  readonly shared: Readonly<Record<string, string>>
  /** What the ways lead to; empty: anything. */
  readonly goal: string
}): JSX.Element {
  const nodes = flatten(pathTree(answer.rows)).filter((node) => (node.to - node.from) * HEIGHT_PX >= SHOWN_PX)
  return (
    <>
      <div class="paths-box" tabIndex={0} role="region" aria-label="Paths, scrollable">
        <ul class="paths" style={{ height: `${HEIGHT_PX / ROOT_PX}rem` }}>
          {nodes.map((node) => (
            <PathBlock key={node.trail.join('\n')} node={node} shared={shared} />
          ))}
        </ul>
      </div>
      <p class="muted">
        The {wholeNumber(answer.rows.length)} most frequent ways, {STEPS} pages from the entry on
        {goal !== '' && ', up to the goal'}, of {wholeNumber(answer.examined)} sessions. The higher a block,
        the more sessions.
      </p>
    </>
  )
}

function PathBlock({
  node,
  shared,
}: {
  readonly node: PathNode
  readonly shared: Readonly<Record<string, string>>
}): JSX.Element {
  const column = node.trail.length - 1
  const heightPx = (node.to - node.from) * HEIGHT_PX
  // A filter can name the entry and one page anywhere; it finds at least all sessions of the block.
  const found = { entryPath: node.trail[0], path: column > 0 ? node.step : undefined }
  return (
    <li
      class={`path-block column-${column}`}
      style={{
        left: `${(column / STEPS) * 100}%`,
        width: `${100 / STEPS}%`,
        top: `${node.from * 100}%`,
        height: `${heightPx / ROOT_PX}rem`,
      }}
    >
      <a
        class="cut"
        href={placeLink(['sessions'], { ...shared, ...found })}
        title={`${node.trail.join(' → ').slice(0, 500)}: ${wholeNumber(node.sessions)} sessions`}
      >
        {heightPx < WORDS_PX ? (
          <span class="unseen">{node.step.slice(0, 100)}</span>
        ) : (
          <>
            <Sent text={node.step} maxChars={60} />{' '}
            <span class="path-count">{wholeNumber(node.sessions)}</span>
          </>
        )}
      </a>
    </li>
  )
}
