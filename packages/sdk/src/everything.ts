import { wasClosed } from './browser-closed.ts'
import { campaignText } from './campaign.ts'
import { createConsent } from './consent.ts'
import { credentials } from './credentials.ts'
import { sayRecorded } from './debug.ts'
import { deviceContext } from './device-context.ts'
import { ignoredReferrers } from './ignored-referrers.ts'
import type { Seams } from './part.ts'
import { areForbidding, privacySignals } from './privacy-signals.ts'
import { createStarter } from './start-tracker.ts'

/** All seams with their parts. */
const ALL: Seams = {
  _context: deviceContext,
  _signals: privacySignals,
  _forbids: areForbidding,
  _campaign: campaignText,
  _isClosed: wasClosed,
  _credentials: credentials,
  _heard: sayRecorded,
  _domains: ignoredReferrers,
  _consent: createConsent,
}

/** Starts a tracker that has everything, beside the parts that record by themselves. */
export const startWithEverything = createStarter(ALL)
