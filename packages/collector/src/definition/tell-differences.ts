import type {
  ComparedSession,
  DefinitionComparison,
  DifferencePart,
  EpochMs,
  SessionObject,
  ToldDifference,
} from '@sojourn/protocol'
import type { Store } from '../store/store.ts'

/** What is compared, and when it is asked. */
export interface ComparedNames {
  readonly first: string
  readonly second: string
  readonly now: EpochMs
}

/** Of a session that is longer, the cuts among its first events alone are told with a gap. */
const MOST_EVENTS = 500

/**
 * Says of each example of a comparison whose session it is and when it was, and of each cut the event and the gap. An example whose
 * sessions are gone by now is left out.
 */
export async function tellDifferences(
  store: Pick<Store, 'session' | 'sessionEvents'>,
  comparison: DefinitionComparison,
  { first, second, now }: ComparedNames,
): Promise<DefinitionComparison<ToldDifference>> {
  const told = await Promise.all(
    comparison.examples.map((example) =>
      tellDifference(store, example, {
        now,
        ...(example.kind === 'split' ? { own: first, other: second } : { own: second, other: first }),
      }),
    ),
  )
  return { ...comparison, examples: told.filter((each) => each !== undefined) }
}

async function tellDifference(
  store: Pick<Store, 'session' | 'sessionEvents'>,
  { kind, session, into }: ComparedSession,
  { own, other, now }: { readonly own: string; readonly other: string; readonly now: EpochMs },
): Promise<ToldDifference | undefined> {
  const [whole, events, ...parts] = await Promise.all([
    store.session(own, session, now),
    store.sessionEvents(own, session, { limit: MOST_EVENTS }),
    ...into.map((part) => store.session(other, part.session, now)),
  ])
  if (!whole || !events || !parts.every((part) => part !== undefined)) return undefined
  const active = events.rows.flatMap(({ fact }) => (fact.event.passive ? [] : [fact.time]))
  const times = events.next === null ? active : active.slice(0, -1)
  const { profile, visitor } = whole
  return {
    kind,
    session,
    profile,
    ...(visitor && { visitor }),
    ...extentOf(whole),
    into: into.map((part, at) => tellPart(part, parts[at]!, times)),
  }
}

function tellPart(
  found: ComparedSession['into'][number],
  told: SessionObject,
  times: readonly EpochMs[],
): DifferencePart {
  const { entry, startReason } = told
  const gapMs = found.gapMs ?? gapBefore(told, times)
  return {
    ...found,
    ...(found.rule === undefined && startReason !== undefined && { startReason }),
    ...(entry && { name: entry.name }),
    ...(entry?.path !== undefined && { path: entry.path }),
    ...extentOf(told),
    ...(gapMs !== undefined && { gapMs }),
  }
}

/** From the last of the times before a session to its beginning, in ms; undefined where there is none, or where they end before that. */
function gapBefore(session: SessionObject, times: readonly EpochMs[]): number | undefined {
  const start = Date.parse(edgeTime(session, session.entry))
  const at = times.findIndex((time) => time >= start)
  return at < 1 ? undefined : start - times[at - 1]!
}

function extentOf(session: SessionObject): Pick<DifferencePart, 'time' | 'events' | 'duration'> {
  return {
    time: edgeTime(session, session.entry),
    events: session.counts.events,
    duration: session.metadata.time.duration,
  }
}

function edgeTime({ metadata }: SessionObject, edge: SessionObject['entry']): string {
  return edge?.time ?? metadata.time.insert
}
