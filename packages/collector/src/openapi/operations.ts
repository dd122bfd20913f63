import { DEFINITION_OPERATIONS } from './operations/definition-operations.ts'
import { EVENT_OPERATIONS } from './operations/event-operations.ts'
import { METRICS_OPERATIONS } from './operations/metrics-operations.ts'
import { PROFILE_OPERATIONS } from './operations/profile-operations.ts'
import { SCORING_OPERATIONS } from './operations/scoring-operations.ts'
import { SERVICE_OPERATIONS } from './operations/service-operations.ts'
import { SESSION_OPERATIONS } from './operations/session-operations.ts'
import { SOURCE_OPERATIONS } from './operations/source-operations.ts'
import type { Operation } from './operation.ts'

/** Every route of the collector, but for the pages of the dashboard and the demo. A test holds it against the routes that there are. */
export const OPERATIONS: readonly Operation[] = [
  ...EVENT_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...METRICS_OPERATIONS,
  ...DEFINITION_OPERATIONS,
  ...SCORING_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...SOURCE_OPERATIONS,
  ...SERVICE_OPERATIONS,
]
