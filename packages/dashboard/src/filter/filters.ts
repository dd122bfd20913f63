import type { SessionObject } from '@sojourn/protocol'

/** How a filter's value is entered and checked. */
export type FilterKind = 'text' | 'count' | 'duration' | 'choice' | 'flag' | 'absent' | 'types' | 'pages'

/** A filter of `GET /v1/sessions`, under the API's own name. */
export interface Filter {
  readonly key: string
  readonly words: string
  readonly group: 'Who' | 'What happened' | 'How much' | 'Where from' | 'State'
  readonly kind: FilterKind
  /** For `choice` and `absent`. */
  readonly choices?: readonly string[]
  readonly example?: string
  /** Parameters that say more of it, and come and go with it. */
  readonly also?: readonly string[]
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
  {
    key: 'firstPages',
    words: 'First pages',
    group: 'What happened',
    kind: 'pages',
    example: '/ → /pricing',
    also: ['pagesUntil'],
  },
  {
    key: 'lastPages',
    words: 'Last pages',
    group: 'What happened',
    kind: 'pages',
    example: '/pricing → /signup',
    also: ['pagesUntil'],
  },
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
  {
    key: 'led',
    words: 'Led across sites',
    group: 'Where from',
    kind: 'types',
    example: 'marketing, docs → product',
    also: ['ledFrom', 'ledTo'],
  },
  {
    key: 'without',
    words: 'Without',
    group: 'State',
    kind: 'absent',
    choices: [
      'entry',
      'exit',
      'entryPath',
      'exitPath',
      'device',
      'country',
      'utm_source',
      'utm_medium',
      'utm_campaign',
      'utm_term',
      'utm_content',
    ],
  },
  { key: 'status', words: 'Status', group: 'State', kind: 'choice', choices: ['started', 'active', 'ended'] },
]

/** The groups, in the order of the menu. */
export const FILTER_GROUPS = ['What happened', 'How much', 'Who', 'Where from', 'State'] as const
