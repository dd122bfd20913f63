import { LIFECYCLES, SESSION_STATUSES } from '@sojourn/protocol'
import { OPTIONAL_VALUES } from '../store/queries.ts'
import type { OptionalValue, SessionFilters } from '../store/queries.ts'
import { pairedTypes } from './paired-types.ts'
import { flag, instant, number, oneOf, parameter, text, whole } from './parameters.ts'
import type { ParameterTable } from './parameters.ts'

/** The filters as they are asked; the clock is the collector's. */
export type GivenFilters = Omit<SessionFilters, 'now'>

const MAX_PATH_CHARS = 8_192
const MAX_UTM_CHARS = 512
const MAX_PAGES = 10

const count = whole(0, Number.MAX_SAFE_INTEGER)
const seconds = whole(0, Number.MAX_SAFE_INTEGER, 'seconds')
const country = parameter({ type: 'string', pattern: '^[A-Za-z]{2}$' }, (given) =>
  /^[a-z]{2}$/i.test(given)
    ? { value: given.toUpperCase() }
    : { mend: 'must be the two letters of ISO 3166-1, such as FR' },
)

/** What the API calls the values that a query calls otherwise. */
const VALUE_NAMES: Readonly<Partial<Record<OptionalValue, string>>> = {
  utmSource: 'utm_source',
  utmMedium: 'utm_medium',
  utmCampaign: 'utm_campaign',
  utmTerm: 'utm_term',
  utmContent: 'utm_content',
}
const NAMED_VALUES = new Map(OPTIONAL_VALUES.map((value) => [VALUE_NAMES[value] ?? value, value]))

const absent = parameter<readonly OptionalValue[]>(
  { type: 'string', examples: ['utm_campaign', 'entryPath,exitPath'] },
  (given) => {
    const values = given.split(',').map((name) => NAMED_VALUES.get(name))
    return values.every((value) => value !== undefined)
      ? { value: values }
      : { mend: `must be some of ${[...NAMED_VALUES.keys()].join(', ')}, with commas between` }
  },
)

const pages = parameter<readonly string[]>({ type: 'string', examples: ['["/","/pricing"]'] }, (given) => {
  const parsed = parseJson(given)
  const isRight =
    Array.isArray(parsed) &&
    parsed.length > 0 &&
    parsed.length <= MAX_PAGES &&
    parsed.every((path) => typeof path === 'string' && path.length <= MAX_PATH_CHARS && !path.includes('\0'))
  return isRight
    ? { value: parsed as string[] }
    : { mend: `must be a JSON array of 1 to ${MAX_PAGES} paths, such as ["/","/pricing"]` }
})

/** Which sessions: the filters of `/v1/sessions`, of the exports and of all metrics, by the names that the API gives them. */
export const FILTER_PARAMETERS = {
  definition: [
    'definition',
    text(80),
    'The definition that tells the sessions, or a version of it such as orders@2; default client.',
  ],
  profile: ['profile', text(), 'Sessions of this profile: its id, or a user id.'],
  visitor: ['visitor', text(), 'Sessions that hold an event of this visitor.'],
  source: ['source', text(), 'Sessions that began at this source: its id or its name.'],
  sourceType: ['sourceType', text(), 'Sessions that began at a source of this type.'],
  from: ['from', instant, 'Sessions that began then or later: epoch ms, a date (UTC), or a time with zone.'],
  to: ['to', instant, 'Sessions that began before then: epoch ms, a date (UTC), or a time with zone.'],
  minDuration: ['minDuration', seconds, 'Sessions that lasted at least as many whole seconds.'],
  maxDuration: ['maxDuration', seconds, 'Sessions that lasted at most as many whole seconds.'],
  minEvents: ['minEvents', count, 'Sessions with at least as many events that are not passive.'],
  maxEvents: ['maxEvents', count, 'Sessions with at most as many events that are not passive.'],
  minPoints: ['minPoints', number, 'Sessions with at least as many points.'],
  entry: ['entry', text(), 'Sessions whose first event has this name.'],
  exit: ['exit', text(), 'Sessions whose last event has this name.'],
  entryPath: ['entryPath', text(MAX_PATH_CHARS), 'Sessions whose first event was on this path.'],
  exitPath: ['exitPath', text(MAX_PATH_CHARS), 'Sessions whose last event was on this path.'],
  event: ['event', text(), 'Sessions that hold an event of this name.'],
  tag: ['tag', text(), 'Sessions that hold an event with this tag.'],
  path: ['path', text(MAX_PATH_CHARS), 'Sessions that hold an event on this path.'],
  goal: ['goal', text(), 'Sessions that reached this goal.'],
  converted: ['converted', flag, 'Sessions that reached any goal, or none.'],
  lifecycle: ['lifecycle', oneOf(LIFECYCLES), 'Sessions of profiles in this state of their lifecycle.'],
  status: ['status', oneOf(SESSION_STATUSES), 'Sessions in this state right now.'],
  device: ['device', text(), 'Sessions on this type of device, such as mobile.'],
  country: ['country', country, 'Sessions from this country: two letters of ISO 3166-1.'],
  utm_source: ['utmSource', text(MAX_UTM_CHARS), 'Sessions of a campaign with this source.'],
  utm_medium: ['utmMedium', text(MAX_UTM_CHARS), 'Sessions of a campaign with this medium.'],
  utm_campaign: ['utmCampaign', text(MAX_UTM_CHARS), 'Sessions of the campaign of this name.'],
  utm_term: ['utmTerm', text(MAX_UTM_CHARS), 'Sessions of a campaign with this term.'],
  utm_content: ['utmContent', text(MAX_UTM_CHARS), 'Sessions of a campaign with this content.'],
  without: ['without', absent, 'Sessions that have none of these values: names of filters.'],
  led: [
    'led',
    pairedTypes,
    'Sessions that led from a source of one of these types to one of the last: those that the pairs of sources tell of.',
  ],
  ledFrom: ['ledFrom', text(), 'With led: sessions that led from this source: its id or its name.'],
  ledTo: ['ledTo', text(), 'With led: sessions that led to this source: its id or its name.'],
  firstPages: [
    'firstPages',
    pages,
    'Sessions whose first pages are on these paths, in this order: a JSON array.',
  ],
  lastPages: [
    'lastPages',
    pages,
    'Sessions whose last pages are on these paths, in this order: a JSON array.',
  ],
  pagesUntil: [
    'pagesUntil',
    text(),
    'With firstPages or lastPages: the pages up to the first event that reached this goal.',
  ],
} as const satisfies ParameterTable<GivenFilters>

/** One sentence for each filter that says nothing without another one, which is not given. */
export function lonelyFilters(given: Partial<GivenFilters>): readonly string[] {
  const { led, ledFrom, ledTo, firstPages, lastPages, pagesUntil } = given
  return [
    ...(ledFrom !== undefined && !led ? ['ledFrom needs led: the types of sources.'] : []),
    ...(ledTo !== undefined && !led ? ['ledTo needs led: the types of sources.'] : []),
    ...(pagesUntil !== undefined && !firstPages && !lastPages
      ? ['pagesUntil needs firstPages or lastPages.']
      : []),
  ]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
