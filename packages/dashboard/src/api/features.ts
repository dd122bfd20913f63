import { read } from './request.ts'

/** What a collector may or may not offer, by the API path that answers for it. */
const PATHS = {
  metrics: 'metrics/timeseries',
  profiles: 'profiles',
  definitions: 'definitions',
  liveEvents: 'events/live',
  exports: 'sessions.csv',
  health: 'health',
} as const

export type Feature = keyof typeof PATHS

/** The paths that can be asked without harm where there is no description of the API. An export refuses `limit`, so it streams nothing. */
const ASKABLE: readonly Feature[] = ['metrics', 'profiles', 'definitions', 'exports', 'health']

/** Which of the optional features this collector has: from its OpenAPI description, else by asking. */
export async function loadFeatures(): Promise<ReadonlySet<Feature>> {
  const described = await read<{ paths?: Readonly<Record<string, unknown>> }>('openapi.json')
  if (described.ok && described.value.paths) {
    const { paths } = described.value
    return new Set(featureNames().filter((name) => Object.hasOwn(paths, `/v1/${PATHS[name]}`)))
  }
  const asked = await Promise.all(
    ASKABLE.map(async (name) => {
      const answer = await read<unknown>(PATHS[name], { limit: 1 })
      return answer.ok || answer.problem.kind === 'refused' ? [name] : []
    }),
  )
  return new Set(asked.flat())
}

function featureNames(): readonly Feature[] {
  return Object.keys(PATHS) as Feature[]
}
