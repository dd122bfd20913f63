import { trackElements } from './elements.ts'
import { trackEngagement } from './engagement.ts'
import { linkIn } from './link-in.ts'
import { linkOut } from './link-out.ts'
import { trackRoutes } from './routes.ts'
import type { Automatic } from './part.ts'

/** The parts that record by themselves, in the order in which they start. */
export const AUTOMATIC: readonly Automatic[] = [linkIn, linkOut, trackEngagement, trackElements, trackRoutes]
