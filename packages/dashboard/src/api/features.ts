import { isOffered, read } from './request.ts'

/** What a collector may or may not offer, by the API path that answers for it. */
const PATHS = {
  metrics: 'metrics/timeseries',
  liveEvents: 'events/live',
  exports: 'sessions.csv',
  health: 'health',
  definitions: 'definitions',
  profiles: 'profiles',
  scoring: 'scoring',
} as const

export type Feature = keyof typeof PATHS

/** Which of the optional features this collector has: from its OpenAPI description, else by asking. */
export async function loadFeatures(): Promise<ReadonlySet<Feature>> {
  const described = await read<{ paths?: Readonly<Record<string, unknown>> }>('openapi.json')
  if (described.ok && described.value.paths) {
    const { paths } = described.value
    return new Set(featureNames().filter((name) => Object.hasOwn(paths, `/v1/${PATHS[name]}`)))
  }
  const asked = await Promise.all(
    featureNames().map(async (name) => ((await isOffered(PATHS[name])) ? [name] : [])),
  )
  return new Set(asked.flat())
}

function featureNames(): readonly Feature[] {
  return Object.keys(PATHS) as Feature[]
}
