import { pickSkewed } from '../random.ts'
import type { Random } from '../random.ts'

/** The parts of a session object that filters are drawn from. */
export interface SampledSession {
  readonly metadata: { readonly time: { readonly insert: string; readonly duration: number } }
  readonly profile?: { readonly id?: string; readonly userId?: string }
  readonly visitor?: { readonly id: string }
  readonly source: { readonly name?: string; readonly type?: string }
  readonly device?: { readonly type?: string }
  readonly utm?: Readonly<Record<string, string>>
  readonly counts: { readonly events: number }
  readonly entry?: { readonly name?: string; readonly path?: string }
  readonly exit?: { readonly name?: string; readonly path?: string }
  readonly tags: readonly string[]
}

/** A query of `GET /v1/sessions` and a name under which its like are measured together. */
export interface Filter {
  readonly name: string
  readonly query: string
}

type Given = Readonly<Record<string, string | number | undefined>>

const HOUR_MS = 3_600_000

/**
 * Every single filter and the common pairs, `times` each, in random order, with values drawn from stored sessions: often the common ones, and
 * for texts also one that no session has, because to find nothing can be the dearest.
 */
export function drawFilters(
  samples: readonly SampledSession[],
  random: Random,
  times: number,
): readonly Filter[] {
  const filters = Array.from({ length: times }, () => {
    const session = samples[Math.floor(random() * samples.length)]!
    return [...singles(session), ...absent(), ...pairs(session, random)]
  }).flat()
  return shuffle(filters, random)
}

function singles(session: SampledSession): Filter[] {
  const start = Date.parse(session.metadata.time.insert)
  const given: Given = {
    profile: session.profile?.id,
    visitor: session.visitor?.id,
    source: session.source.name,
    sourceType: session.source.type,
    from: start - HOUR_MS,
    to: start,
    minDuration: session.metadata.time.duration,
    maxDuration: session.metadata.time.duration,
    minEvents: session.counts.events,
    maxEvents: session.counts.events,
    minPoints: 1,
    entry: session.entry?.name,
    exit: session.exit?.name,
    entryPath: session.entry?.path,
    exitPath: session.exit?.path,
    event: session.exit?.name,
    tag: session.tags[0],
    path: session.exit?.path,
    converted: 'false',
    lifecycle: 'new',
    status: 'ended',
    device: session.device?.type,
    utm_source: session.utm?.['source'],
    utm_medium: session.utm?.['medium'],
    utm_campaign: session.utm?.['campaign'],
  }
  return [
    filter('no filter', {}),
    ...Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [filter(name, { [name]: value })],
    ),
    ...(session.profile?.userId === undefined
      ? []
      : [filter('profile (user id)', { profile: session.profile.userId })]),
    filter('status=active', { status: 'active' }),
    ...['duration', '-duration', 'events', '-events', 'points', '-points', 'start'].map((sort) =>
      filter(`sort=${sort}`, { sort }),
    ),
  ]
}

/** Values that no session has. */
function absent(): Filter[] {
  const names = [
    'profile',
    'visitor',
    'source',
    'sourceType',
    'entry',
    'exit',
    'entryPath',
    'exitPath',
    'event',
    'tag',
    'path',
  ]
  return [
    ...[...names, 'goal', 'device', 'utm_source', 'utm_term', 'utm_content'].map((name) =>
      filter(`${name} (no match)`, { [name]: '/nobody-has-this' }),
    ),
    filter('country (no match)', { country: 'ZZ' }),
    filter('minDuration (no match)', { minDuration: 80_000_000 }),
    filter('minEvents (no match)', { minEvents: 80_000_000 }),
    filter('from (no match)', { from: Date.now() + 1_000 * HOUR_MS }),
  ]
}

function pairs(session: SampledSession, random: Random): Filter[] {
  const start = Date.parse(session.metadata.time.insert)
  const range = { from: start - 12 * HOUR_MS, to: start + 12 * HOUR_MS }
  const device = session.device?.type
  const choices: readonly (readonly [string, Given])[] = [
    ['source + range', { source: session.source.name, ...range }],
    ['visitor + range', { visitor: session.visitor?.id, ...range }],
    ['event + range', { event: session.exit?.name, ...range }],
    ['tag + range', { tag: session.tags[0], ...range }],
    ['device + utm_source', { device, utm_source: session.utm?.['source'] }],
    ['entryPath + device', { entryPath: session.entry?.path, device }],
    [
      'exitPath + minDuration',
      { exitPath: session.exit?.path, minDuration: pickSkewed(random, [10, 60, 600]) },
    ],
    ['event + path', { event: session.exit?.name, path: session.entry?.path }],
    ['entry + exit', { entry: session.entry?.name, exit: session.exit?.name }],
    ['sourceType + status', { sourceType: session.source.type, status: 'ended' }],
    ['utm_campaign + minEvents', { utm_campaign: session.utm?.['campaign'], minEvents: 5 }],
    ['range + sort=-duration', { ...range, sort: '-duration' }],
    ['device + sort=-events', { device, sort: '-events' }],
  ]
  return choices
    .filter(([, given]) => Object.values(given).every((value) => value !== undefined))
    .map(([name, given]) => filter(name, given))
}

function filter(name: string, given: Given): Filter {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(given)) parameters.set(key, String(value))
  return { name, query: parameters.toString() }
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const item = shuffled[i]!
    shuffled[i] = shuffled[j]!
    shuffled[j] = item
  }
  return shuffled
}
