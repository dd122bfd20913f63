import { wasClosed } from './browser-closed.ts'
import { campaignHash } from './campaign.ts'
import { createConsent } from './consent.ts'
import { credentials } from './credentials.ts'
import { sayRecorded } from './debug.ts'
import { deviceContext } from './device-context.ts'
import { ignoredReferrers } from './ignored-referrers.ts'
import { createKnownUser } from './known-user.ts'
import { sendWithoutKeepalive } from './older-browsers.ts'
import type { Seams } from './part.ts'
import { areForbidding, privacySignals } from './privacy-signals.ts'
import { createSessionListeners } from './session-listeners.ts'
import { createSessionsByHand } from './sessions-by-hand.ts'
import { createStarter } from './start-tracker.ts'

/** All seams with their parts. */
const ALL: Seams = {
  _context: deviceContext,
  _signals: privacySignals,
  _forbids: areForbidding,
  _campaign: campaignHash,
  _isClosed: wasClosed,
  _credentials: credentials,
  _heard: sayRecorded,
  _domains: ignoredReferrers,
  _consent: createConsent,
  _leave: sendWithoutKeepalive,
  _listeners: createSessionListeners,
  _knownUser: createKnownUser,
  _byHand: createSessionsByHand,
}

/** Starts a tracker that has everything, beside the parts that record by themselves. */
export const startWithEverything = createStarter(ALL)
