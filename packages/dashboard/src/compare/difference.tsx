import type { ComparedSession, RuleName } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'
import { Sent } from '../design/sent.tsx'
import { shortDuration } from '../words/duration.ts'
import { wholeNumber } from '../words/number.ts'
import { shortId, startReasonWords } from '../words/session-words.ts'

interface DifferenceProps {
  readonly example: ComparedSession
  /** The definition that holds the session together, and the one that cuts it. */
  readonly own: string
  readonly other: string
}

/** One session that the other definition tells as several, with the rule that made each cut. */
export function Difference({ example, own, other }: DifferenceProps): JSX.Element {
  return (
    <div class="difference">
      <p>
        <SessionLink id={example.session} definition={own} /> is {wholeNumber(example.into.length)} sessions
        of {other}:
      </p>
      <ol>
        {example.into.map((part, at) => (
          <li key={part.session}>
            {at > 0 && (
              <p class="cut-reason">
                <span class="cut-mark" aria-hidden="true" />
                {cutWords(part.rule)}
                {part.gapMs !== undefined && <strong> {shortDuration(part.gapMs)} without activity</strong>}
              </p>
            )}
            <SessionLink id={part.session} definition={other} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function SessionLink({ id, definition }: { readonly id: string; readonly definition: string }): JSX.Element {
  return (
    <a href={placeLink(['sessions', id], { definition: definition === 'client' ? undefined : definition })}>
      <Sent text={shortId(id)} maxChars={12} />
    </a>
  )
}

function cutWords(rule: RuleName | undefined): string {
  if (rule === undefined) return 'The sender began another one.'
  return rule === 'timeout' ? 'Cut by the timeout:' : `${startReasonWords({ startReason: rule }) ?? rule}.`
}
