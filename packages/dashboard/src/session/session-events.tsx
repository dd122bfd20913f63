import type { SessionObject } from '@sojourn/protocol'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Definition, DefinitionsAnswer } from '../api/definition.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ProblemNote } from '../design/problem-note.tsx'
import { Waiting } from '../design/waiting.tsx'
import { wholeNumber } from '../words/number.ts'
import { EventList } from './event-list.tsx'
import { TimeStrip } from './time-strip.tsx'
import { timelineOf } from './timeline.ts'
import type { KnownCuts } from './use-cuts.ts'
import { useCuts } from './use-cuts.ts'
import { useSessionEvents } from './use-session-events.ts'

interface SessionEventsProps {
  readonly session: SessionObject
  readonly definition: string | undefined
}

/** What happened in a session, and where another definition would have cut it. */
export function SessionEvents({ session, definition }: SessionEventsProps): JSX.Element {
  const isOpen = session.metadata.status !== 'ended'
  const { events, hasMore, isLoading, problem, readMore } = useSessionEvents(session.id, definition, isOpen)
  const [cutter, setCutter] = useState<Definition>()
  const known = useCuts(session, events, cutter)
  const entries = timelineOf(events)
  return (
    <section class="panel session-events" aria-label="Events" aria-busy={isLoading}>
      <header>
        <h2>What happened</h2>
        <CutterChoice own={session.definition} chosen={cutter} onChoose={setCutter} />
        <Legend />
      </header>
      <div class="body">
        {cutter && <CutsNote cutter={cutter} known={known} />}
        {entries.length > 0 && <TimeStrip entries={entries} cuts={known.cuts} />}
        {entries.length > 0 && (
          <EventList
            entries={entries}
            hasManySources={session.segments.length > 1}
            cuts={known.cuts}
            cutter={cutter?.name}
          />
        )}
        {entries.length === 0 && isLoading && <Waiting />}
        {problem && <ProblemNote problem={problem} onRetry={readMore} />}
        {hasMore && (
          <button type="button" class="button" disabled={isLoading} onClick={readMore}>
            Show later events
          </button>
        )}
      </div>
    </section>
  )
}

interface CutterChoiceProps {
  /** The definition whose session it is. */
  readonly own: string
  readonly chosen: Definition | undefined
  readonly onChoose: (definition: Definition | undefined) => void
}

function CutterChoice({ own, chosen, onChoose }: CutterChoiceProps): JSX.Element {
  const { value } = useAnswer<DefinitionsAnswer>('definitions')
  const others = value?.definitions.filter(({ name }) => name !== own) ?? []
  return (
    <label class="row cutter-choice">
      <span class="muted">Cuts of</span>
      <select
        class="input fitting"
        value={chosen?.name ?? ''}
        onChange={(event) => onChoose(others.find(({ name }) => name === event.currentTarget.value))}
      >
        <option value="">no other definition</option>
        {others.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function CutsNote({
  cutter,
  known,
}: {
  readonly cutter: Definition
  readonly known: KnownCuts
}): JSX.Element {
  if (known.problem) return <ProblemNote problem={known.problem} />
  if (!known.cuts) return <Waiting lines={1} />
  const { size } = known.cuts
  return (
    <p class="muted" role="status">
      {size === 0
        ? `${cutter.name} does not cut this session.`
        : `${cutter.name} cuts this session ${size === 1 ? 'once' : `${wholeNumber(size)} times`}.`}
    </p>
  )
}

function Legend(): JSX.Element {
  return (
    <ul class="row legend" aria-label="Colours">
      <li>
        <span class="event-kind kind-page" /> Page view
      </li>
      <li>
        <span class="event-kind kind-track" /> Event
      </li>
      <li>
        <span class="event-kind kind-identify" /> Identified
      </li>
      <li>
        <span class="event-kind kind-passive" /> Passive
      </li>
    </ul>
  )
}
