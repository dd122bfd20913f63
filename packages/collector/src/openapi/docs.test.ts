import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import {
  METRIC_PARAMETERS,
  PATHS_PARAMETERS,
  SOURCES_PARAMETERS,
  TIMESERIES_PARAMETERS,
} from '../metrics/metrics-parameters.ts'
import { FILTER_PARAMETERS } from '../query/filter-parameters.ts'
import { openApiDocument } from './document.ts'

const DOCS = readFileSync(new URL('../../../../docs/read-api.md', import.meta.url), 'utf8')

/** The examples of docs/read-api.md, and what each is an example of. */
const EXAMPLES = {
  scoring: 'NewScoring',
  goals: 'NewGoals',
  session: 'Session',
  event: 'Event',
  source: 'Source',
  timeseries: 'Timeseries',
  ranking: 'Ranking',
  pairs: 'Pairs',
  durations: 'Durations',
  health: 'Health',
} as const

test.each(Object.entries(EXAMPLES))('the example of a %s is a %s', (kind, schema) => {
  const found = [...DOCS.matchAll(new RegExp(`^\`\`\`json ${kind}\\n(.*?)^\`\`\``, 'gms'))]
  expect(found).toHaveLength(1)
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(openApiDocument('0'), 'api')
  const validate = ajv.compile({ $ref: `api#/components/schemas/${schema}` })
  expect([validate(JSON.parse(found[0]![1]!)), validate.errors]).toEqual([true, null])
})

test('the parameters of metrics are those that the text lists', () => {
  const section = DOCS.split('## `GET /v1/metrics/…`')[1]!.split('\n### ')[0]!
  const listed = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name!)
  const all = { ...METRIC_PARAMETERS, ...TIMESERIES_PARAMETERS, ...PATHS_PARAMETERS, ...SOURCES_PARAMETERS }
  const own = Object.keys(all).filter((name) => !Object.hasOwn(FILTER_PARAMETERS, name))
  expect(listed.sort()).toEqual(own.sort())
})
