import type { Fact } from '../ingest/fact.ts'
import { describeContext } from './describe-context.ts'
import { compareCodePoints, compareEvents } from './event-order.ts'
import { externalReferrer } from './external-referrer.ts'
import type { SessionObject } from '@sojourn/protocol'

/**
 * What a session amounts to, told the slow and plain way: sort all events, then look. It shares nothing with the fold but the reading of a
 * context and of a referrer. The fields that need a store (source names, segments, ids) are left out.
 */
export function naiveSession(facts: readonly Fact[]) {
  const all = [...facts].sort((a, b) =>
    compareEvents({ time: a.time, id: a.event.id }, { time: b.time, id: b.event.id }),
  )
  const active = all.filter(({ event }) => !event.passive)
  const entry = active[0]
  const exit = active.at(-1)
  const opening = entry ?? all[0]!
  const about = all.map(({ context }) => describeContext(context))
  const first = <Value>(values: readonly (Value | undefined)[]) => values.find((value) => value !== undefined)
  const last = <Value>(values: readonly (Value | undefined)[]) =>
    values.findLast((value) => value !== undefined)
  const filled = <Shape extends object>(value: Shape | undefined) =>
    value && Object.keys(value).length > 0 ? value : undefined

  const traits = new Map<string, unknown>()
  for (const { event } of all)
    for (const [key, value] of Object.entries(event.traits ?? {})) traits.set(key, value)
  const engagedMs = all
    .filter(({ event }) => event.type === 'engagement')
    .map(({ event }) => new Map(Object.entries(event.properties ?? {})).get('engagedMs'))
    .filter((ms) => typeof ms === 'number')
    .filter((ms) => ms >= 0 && ms <= 86_400_000)
    .reduce((sum, ms) => sum + Math.round(ms), 0)
  const edge = (fact: Fact | undefined): SessionObject['entry'] =>
    fact && {
      name: fact.event.name,
      ...(fact.event.page?.path === undefined ? {} : { path: fact.event.page.path }),
      time: new Date(fact.time).toISOString(),
    }
  return {
    insert: opening.time,
    create: Math.min(...all.map((fact) => fact.receivedAt)),
    update: Math.max(...all.map((fact) => fact.receivedAt)),
    duration: entry && exit ? Math.floor((exit.time - entry.time) / 1000) : 0,
    engaged: Math.floor(engagedMs / 1000),
    timezone: first(about.map(({ timezone }) => timezone)),
    timeoutMs: last(about.map(({ timeoutMs }) => timeoutMs)) ?? 1_800_000,
    lastActive: (exit ?? all[0]!).time,
    stamp: first(
      all.map(({ event: { session } }) => {
        if (!session) return undefined
        const { id: _id, startedAt: _startedAt, ...details } = session
        return filled(details)
      }),
    ),
    userId: last(all.map(({ event }) => (event.userId === 'null' ? undefined : event.userId))),
    sourceId: opening.sourceId,
    device: first(about.map(({ device }) => device)),
    ip: first(about.map(({ ip }) => ip)),
    geo: first(about.map(({ geo }) => geo)),
    os: first(about.map(({ os }) => os)),
    app: first(about.map(({ app }) => app)),
    language: first(about.map(({ language }) => language)),
    campaign: first(all.map(({ event }) => filled(event.campaign))),
    referrer: first(all.map(({ event }) => externalReferrer(event.page))),
    properties: first(active.map(({ event }) => filled(event.properties))),
    traits: Object.fromEntries(traits),
    counts: {
      events: active.length,
      pageViews: active.filter(({ event }) => event.type === 'page').length,
      passive: all.length - active.length,
    },
    tags: [...new Set(all.flatMap(({ event }) => event.tags ?? []))].sort(compareCodePoints),
    entry: edge(entry),
    exit: edge(exit),
  }
}
