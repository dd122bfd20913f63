import type { RankedGroup } from '../api/metrics.ts'
import { VIEWER_LOCALE } from '../words/locale.ts'

/** A list of the most frequent values, from `/v1/metrics/<metric>`. */
export interface RankingKind {
  readonly metric: string
  readonly words: string
  /** What a row is called; undefined where the sessions have no such value. */
  readonly label: (row: RankedGroup) => string | undefined
  /** Left out where no session has such a value. */
  readonly isOptional?: boolean
  /** What sessions without a value are called. */
  readonly none: string
  /** The names of the filters that find a row's sessions. */
  readonly filters: readonly string[]
}

const text = (row: RankedGroup, name: string): string | undefined => {
  const value = row[name]
  return typeof value === 'string' ? value : undefined
}

const COUNTRY_NAMES = new Intl.DisplayNames(VIEWER_LOCALE, { type: 'region', fallback: 'code' })

/** A country's name in the viewer's language; the code itself where it is none. */
export function countryName(code: string): string {
  try {
    return COUNTRY_NAMES.of(code) ?? code
  } catch {
    return code
  }
}

/** The rankings of the overview, in the order of the page. */
export const RANKINGS: readonly RankingKind[] = [
  {
    metric: 'entries',
    words: 'Where visits begin',
    label: (row) => text(row, 'entryPath') ?? text(row, 'entry'),
    none: 'Without any activity',
    filters: ['entry', 'entryPath'],
  },
  {
    metric: 'exits',
    words: 'Where they end',
    label: (row) => text(row, 'exitPath') ?? text(row, 'exit'),
    none: 'Without any activity',
    filters: ['exit', 'exitPath'],
  },
  {
    metric: 'sources',
    words: 'Sources',
    label: (row) => text(row, 'sourceName') ?? text(row, 'source'),
    none: 'Unknown',
    filters: ['source', 'sourceType'],
  },
  {
    metric: 'campaigns',
    isOptional: true,
    words: 'Campaigns',
    label: (row) =>
      [text(row, 'utm_campaign'), text(row, 'utm_source'), text(row, 'utm_medium')]
        .filter(Boolean)
        .join(' · ') || undefined,
    none: 'No campaign',
    filters: ['utm_source', 'utm_medium', 'utm_campaign'],
  },
  {
    metric: 'devices',
    words: 'Devices',
    label: (row) => text(row, 'device'),
    none: 'Unknown',
    filters: ['device'],
  },
  {
    metric: 'countries',
    isOptional: true,
    words: 'Countries',
    label: (row) => {
      const code = text(row, 'country')
      return code === undefined ? undefined : countryName(code)
    },
    none: 'Unknown',
    filters: ['country'],
  },
  {
    metric: 'goals',
    isOptional: true,
    words: 'Goals',
    label: (row) => text(row, 'goal'),
    none: 'None',
    filters: ['goal'],
  },
]

/** The parameters that find a row's sessions: those with its values, and without those that it lacks. */
export function rowParams(kind: RankingKind, row: RankedGroup): Readonly<Record<string, string>> {
  const lacks = kind.filters.filter((name) => text(row, name) === undefined)
  const has = kind.filters.flatMap((name) => {
    const value = text(row, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(has), ...(lacks.length > 0 && { without: lacks.join() }) }
}
