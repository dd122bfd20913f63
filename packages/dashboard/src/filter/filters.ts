import type { SessionObject } from '@sojourn/protocol'

/** How a filter's value is entered and checked. */
export type FilterKind = 'text' | 'count' | 'duration' | 'choice' | 'flag'

/** A filter of `GET /v1/sessions`, under the API's own name. */
export interface Filter {
  readonly key: string
  readonly words: string
  readonly group: 'Who' | 'What happened' | 'How much' | 'Where from' | 'State'
  readonly kind: FilterKind
  /** For `choice`. */
  readonly choices?: readonly string[]
  readonly example?: string
  /** The metric that ranks its values, under `/v1/metrics/`. */
  readonly ranking?: string
  /** What a session would have to be found with: the source of suggestions. */
  readonly valuesOf?: (session: SessionObject) => readonly (string | undefined)[]
}

/** Every filter, in the order of the menu. */
export const FILTERS: readonly Filter[] = [
  {
    key: 'profile',
    words: 'Profile',
    group: 'Who',
    kind: 'text',
    example: 'u-42',
    valuesOf: (s) => [s.profile.userId],
  },
  {
    key: 'visitor',
    words: 'Visitor',
    group: 'Who',
    kind: 'text',
    example: 'a visitor id',
    valuesOf: (s) => [s.visitor?.id],
  },
  {
    key: 'lifecycle',
    words: 'Lifecycle',
    group: 'Who',
    kind: 'choice',
    choices: ['new', 'active', 'resurrected'],
  },
  {
    key: 'device',
    ranking: 'devices',
    words: 'Device',
    group: 'Who',
    kind: 'text',
    example: 'mobile',
    valuesOf: (s) => [s.device?.type],
  },
  {
    key: 'country',
    ranking: 'countries',
    words: 'Country',
    group: 'Who',
    kind: 'text',
    example: 'FR',
    valuesOf: (s) => [s.device?.geo?.country?.code],
  },
  {
    key: 'entry',
    ranking: 'entries',
    words: 'Entry event',
    group: 'What happened',
    kind: 'text',
    example: 'page_view',
    valuesOf: (s) => [s.entry?.name],
  },
  {
    key: 'exit',
    ranking: 'exits',
    words: 'Exit event',
    group: 'What happened',
    kind: 'text',
    example: 'page_view',
    valuesOf: (s) => [s.exit?.name],
  },
  {
    key: 'entryPath',
    ranking: 'entries',
    words: 'Entry page',
    group: 'What happened',
    kind: 'text',
    example: '/pricing',
    valuesOf: (s) => [s.entry?.path],
  },
  {
    key: 'exitPath',
    ranking: 'exits',
    words: 'Exit page',
    group: 'What happened',
    kind: 'text',
    example: '/signup',
    valuesOf: (s) => [s.exit?.path],
  },
  {
    key: 'event',
    words: 'Any event',
    group: 'What happened',
    kind: 'text',
    example: 'checkout_started',
    valuesOf: (s) => [s.entry?.name, s.exit?.name],
  },
  {
    key: 'path',
    words: 'Any page',
    group: 'What happened',
    kind: 'text',
    example: '/pricing',
    valuesOf: (s) => [s.entry?.path, s.exit?.path],
  },
  { key: 'tag', words: 'Tag', group: 'What happened', kind: 'text', example: 'cta', valuesOf: (s) => s.tags },
  {
    key: 'goal',
    ranking: 'goals',
    words: 'Goal',
    group: 'What happened',
    kind: 'text',
    example: 'trial',
    valuesOf: (s) => s.goals ?? [],
  },
  { key: 'converted', words: 'Converted', group: 'What happened', kind: 'flag' },
  { key: 'minDuration', words: 'Lasted at least', group: 'How much', kind: 'duration', example: '5m' },
  { key: 'maxDuration', words: 'Lasted at most', group: 'How much', kind: 'duration', example: '1h' },
  { key: 'minEvents', words: 'Events at least', group: 'How much', kind: 'count', example: '3' },
  { key: 'maxEvents', words: 'Events at most', group: 'How much', kind: 'count', example: '20' },
  { key: 'minPoints', words: 'Points at least', group: 'How much', kind: 'count', example: '10' },
  {
    key: 'source',
    ranking: 'sources',
    words: 'Source',
    group: 'Where from',
    kind: 'text',
    valuesOf: (s) => [s.source.name],
  },
  {
    key: 'sourceType',
    ranking: 'sources',
    words: 'Source type',
    group: 'Where from',
    kind: 'text',
    example: 'marketing',
    valuesOf: (s) => [s.source.type],
  },
  {
    key: 'utm_source',
    ranking: 'campaigns',
    words: 'Campaign source',
    group: 'Where from',
    kind: 'text',
    example: 'news',
    valuesOf: (s) => [s.utm?.source],
  },
  {
    key: 'utm_medium',
    ranking: 'campaigns',
    words: 'Campaign medium',
    group: 'Where from',
    kind: 'text',
    example: 'email',
    valuesOf: (s) => [s.utm?.medium],
  },
  {
    key: 'utm_campaign',
    ranking: 'campaigns',
    words: 'Campaign',
    group: 'Where from',
    kind: 'text',
    example: 'june',
    valuesOf: (s) => [s.utm?.campaign],
  },
  {
    key: 'utm_term',
    words: 'Campaign term',
    group: 'Where from',
    kind: 'text',
    valuesOf: (s) => [s.utm?.term],
  },
  {
    key: 'utm_content',
    words: 'Campaign content',
    group: 'Where from',
    kind: 'text',
    valuesOf: (s) => [s.utm?.content],
  },
  { key: 'status', words: 'Status', group: 'State', kind: 'choice', choices: ['started', 'active', 'ended'] },
]

/** The groups, in the order of the menu. */
export const FILTER_GROUPS = ['What happened', 'How much', 'Who', 'Where from', 'State'] as const

const MOST_SUGGESTIONS = 50

/** The values of a filter that the given sessions have, most frequent first; at most 50. */
export function suggestionsFor(filter: Filter, sessions: readonly SessionObject[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const session of sessions)
    for (const value of filter.valuesOf?.(session) ?? [])
      if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(([value]) => value)
}

/** The filters that a place's parameters set, with their values, in the order of the menu. */
export function activeFilters(
  params: Readonly<Record<string, string>>,
): readonly { readonly filter: Filter; readonly value: string }[] {
  return FILTERS.flatMap((filter) => {
    const value = params[filter.key]
    return value === undefined ? [] : [{ filter, value }]
  })
}
