import { PROFILES_PARAMETERS } from '../../profile/profiles-routes.ts'
import type { Operation } from '../operation.ts'
import { COUNT, listOf, record, ref } from '../schema.ts'

/** Persons, over all their devices. */
export const PROFILE_OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/profiles',
    summary: 'Persons, whose last session began last first.',
    admission: 'token',
    parameters: PROFILES_PARAMETERS,
    answer: {
      status: 200,
      description: 'A page of profiles.',
      schema: record({ profiles: listOf(ref('ProfileSummary')), next: { type: ['string', 'null'] } }),
    },
  },
  {
    method: 'get',
    path: '/v1/profiles/:id',
    summary: "One person, by the profile's id or a user id.",
    admission: 'token',
    answer: { status: 200, description: 'The profile.', schema: ref('Profile') },
  },
  {
    method: 'delete',
    path: '/v1/profiles/:id',
    summary: 'Erases a person: events, sessions and identity, under all definitions.',
    admission: 'admin',
    answer: {
      status: 200,
      description: 'What went: events, sessions under `client`, and browsers that were theirs.',
      schema: record({ events: COUNT, sessions: COUNT, visitors: COUNT }),
    },
  },
]
