import type { EpochMs, SessionSegment } from '@sojourn/protocol'

/** A non-passive event of a session, as far as segments go. */
export interface SegmentEvent<Source> {
  readonly time: EpochMs
  readonly source: Source
}

/** A run of events from one source. */
export interface SourceRun<Source> {
  readonly source: Source
  readonly startAt: EpochMs
  readonly endAt: EpochMs
  readonly events: number
}

/** Most runs that a session lists; two sources that take turns would make one of each event. */
export const MAX_SEGMENTS = 256

/** The runs of a session's non-passive events from one source, given in order. The first `MAX_SEGMENTS` of them. */
export function sourceRuns<Source>(events: Iterable<SegmentEvent<Source>>): readonly SourceRun<Source>[] {
  const runs: SourceRun<Source>[] = []
  for (const { time, source } of events) {
    const last = runs.at(-1)
    if (last && last.source === source)
      runs[runs.length - 1] = { ...last, endAt: time, events: last.events + 1 }
    else if (runs.length === MAX_SEGMENTS) break
    else runs.push({ source, startAt: time, endAt: time, events: 1 })
  }
  return runs
}

/** A run as the session object shows it. */
export function toSegment({
  source,
  startAt,
  endAt,
  events,
}: SourceRun<{ name: string; type: string }>): SessionSegment {
  return {
    source: source.name,
    type: source.type,
    start: new Date(startAt).toISOString(),
    duration: Math.floor((endAt - startAt) / 1000),
    events,
  }
}
