import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { PathsAnswer } from '../api/metrics.ts'
import { Sent } from '../design/sent.tsx'
import { sessionCount, wholeNumber } from '../words/number.ts'
import { pathTree, shownNodes } from './path-tree.ts'
import type { PathNode, PathRest } from './path-tree.ts'
import { narrow } from '../filter/narrow.ts'
import { fromWhen } from './from-when.ts'
import { blockFilters, columnWords, fromFixedEnd } from './path-view.ts'
import type { PathView } from './path-view.ts'

/** The size of letters that the heights were chosen for: the picture grows with them. */
const ROOT_PX = 14
const HEIGHT_PX = 420
/** Blocks lower than this are drawn as one without a link: nobody could hit them. */
const SHOWN_PX = 5
/** A block lower than this has no room for words. */
const WORDS_PX = 18

interface PathPictureProps {
  readonly answer: PathsAnswer
  readonly view: PathView
  /** Most pages of a way, each of which is a column. */
  readonly steps: number
  readonly shared: Readonly<Record<string, string>>
}

/** Ways as columns of blocks, as high as their share: from the entry to the right, or from the exit to the left. */
export function PathPicture({ answer, view, steps, shared }: PathPictureProps): JSX.Element {
  const rows = answer.rows.map((row) => ({ ...row, steps: fromFixedEnd(row.steps, view) }))
  const { shown, rests } = shownNodes(pathTree(rows), SHOWN_PX / HEIGHT_PX)
  const box = useRef<HTMLDivElement>(null)
  // On a narrow screen the fixed end is what is seen first.
  useLayoutEffect(() => {
    box.current!.scrollLeft = view.end === 'entry' ? 0 : box.current!.scrollWidth
  }, [view.end])
  const columns = Array.from({ length: steps }, (_, at) => columnWords(at, view))
  return (
    <>
      <div class="paths-box" ref={box} tabIndex={0} role="region" aria-label="Paths, scrollable">
        <div class={`path-columns muted ${view.end}`}>
          {columns.map((words) => (
            <span key={words}>{words}</span>
          ))}
        </div>
        <ul class="paths" style={{ height: `${HEIGHT_PX / ROOT_PX}rem` }}>
          {rests.map((rest) => (
            <RestBlock key={rest.trail.join('\n')} rest={rest} view={view} steps={steps} />
          ))}
          {shown.map((node) => (
            <PathBlock
              key={node.trail.join('\n')}
              node={node}
              view={view}
              steps={steps}
              shared={shared}
              since={fromWhen(answer)}
            />
          ))}
        </ul>
      </div>
      <p class="muted">
        Up to {steps} pages {extentWords(view)}, of {sessionCount(answer.examined)}
        {answer.examinedFrom !== undefined && ', those that began last'}. The higher a block, the more
        sessions; rarer ways are the fainter parts.
      </p>
    </>
  )
}

function extentWords({ end, goal }: PathView): string {
  if (end === 'exit') return goal === undefined ? 'up to the exit' : 'up to the goal'
  return goal === undefined ? 'from the entry on' : 'from the entry on, up to the goal'
}

interface PathBlockProps extends Omit<PathPictureProps, 'answer'> {
  readonly node: PathNode
  readonly since: Readonly<Record<string, string | undefined>>
}

function PathBlock({ node, view, steps, shared, since }: PathBlockProps): JSX.Element {
  const column = node.trail.length - 1
  const heightPx = (node.to - node.from) * HEIGHT_PX
  const way = [...fromFixedEnd(node.trail, view)].join(' → ').slice(0, 500)
  return (
    <li class={`path-block column-${column}`} style={placeOf(node, column, view, steps)}>
      <a
        class="cut"
        href={placeLink(['sessions'], narrow(shared, { ...since, ...blockFilters(node.trail, view) }))}
        title={`${way}: ${sessionCount(node.sessions)}`}
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

function RestBlock({
  rest,
  view,
  steps,
}: { rest: PathRest } & Pick<PathPictureProps, 'view' | 'steps'>): JSX.Element {
  return (
    <li
      class="path-rest"
      aria-hidden="true"
      title="Rarer ways"
      style={placeOf(rest, rest.trail.length, view, steps)}
    />
  )
}

function placeOf(
  { from, to }: Pick<PathNode, 'from' | 'to'>,
  column: number,
  view: PathView,
  steps: number,
): JSX.CSSProperties {
  return {
    left: `${((view.end === 'entry' ? column : steps - 1 - column) / steps) * 100}%`,
    width: `${100 / steps}%`,
    top: `${from * 100}%`,
    height: `${((to - from) * HEIGHT_PX) / ROOT_PX}rem`,
  }
}
