import { attempt } from './attempt.ts'
import { wasClosed } from './browser-closed.ts'
import { campaignHash } from './campaign.ts'
import { createConsent } from './consent.ts'
import { credentials } from './credentials.ts'
import { sayRecorded } from './debug.ts'
import { deviceContext } from './device-context.ts'
import { trackElements } from './elements.ts'
import { trackEngagement } from './engagement.ts'
import { ignoredReferrers } from './ignored-referrers.ts'
import { createKnownUser } from './known-user.ts'
import { linkIn } from './link-in.ts'
import { linkOut } from './link-out.ts'
import { sendWithoutKeepalive } from './older-browsers.ts'
import type { PartOfTracker } from './part.ts'
import { areForbidding, privacySignals as signals } from './privacy-signals.ts'
import { trackRoutes } from './routes.ts'
import { createSessionListeners } from './session-listeners.ts'
import { createSessionsByHand } from './sessions-by-hand.ts'

/** Knows users: the tracker's `identify` and `reset`. */
export const users: PartOfTracker<'identify' | 'reset'> = { _knownUser: createKnownUser }

/** Begins and ends sessions where the page says so: the tracker's `startSession` and `endSession`. */
export const manualSessions: PartOfTracker<'startSession' | 'endSession'> = { _byHand: createSessionsByHand }

/** Tells the page of new sessions: the tracker's `onSession`. */
export const sessionListeners: PartOfTracker<'onSession'> = { _listeners: createSessionListeners }

/** Sends what a page leaves also in browsers whose `fetch` cannot outlive it, such as Firefox before 133. */
export const olderBrowsers: PartOfTracker = { _leave: sendWithoutKeepalive }

/** Asks for consent, and forgets all where it is withdrawn: the option `consent`, and the tracker's `setConsent`. */
export const consent: PartOfTracker<'setConsent'> = {
  _options: { consent: 'granted' },
  _consent: createConsent,
}

/** Tells of the screen, the window, the language, the timezone, and of the option `app`. */
export const device: PartOfTracker = { _options: { app: {} }, _context: deviceContext }

/** Reports Global Privacy Control and Do Not Track, and obeys them where the option `respectPrivacySignals` says so. */
export const privacySignals: PartOfTracker = {
  _options: { respectPrivacySignals: false },
  _signals: signals,
  _forbids: areForbidding,
}

/** Begins sessions with campaigns: the option `splitOnCampaign`. */
export const campaigns: PartOfTracker = { _options: { splitOnCampaign: false }, _campaign: campaignHash }

/** Ends sessions with the browser: the option `endOnClose`. */
export const endOnClose: PartOfTracker = { _options: { endOnClose: false }, _isClosed: wasClosed }

/** Sends the cookies along: the option `cookieRenewal`. */
export const cookieRenewal: PartOfTracker = { _options: { cookieRenewal: false }, _credentials: credentials }

/** Leaves out referrers: the option `ignoreReferrers`. */
export const referrers: PartOfTracker = {
  _options: { ignoreReferrers: [] },
  _domains: (config) => ignoredReferrers({ ...config, linkDomains: config.linkDomains ?? [] }),
}

/** Says in the console what is recorded: the option `debug`. */
export const debug: PartOfTracker = { _options: { debug: false }, _heard: sayRecorded }

/** Sends page views by itself, also of routes: the option `autoPage`. */
export const routes: PartOfTracker = { _options: { autoPage: true }, _start: trackRoutes }

/** Records clicks and submits of tagged elements: the option `autoTrack`. */
export const elements: PartOfTracker = { _options: { autoTrack: true }, _start: trackElements }

/** Records for how long pages are looked at. */
export const engagement: PartOfTracker = { _start: trackEngagement }

/** Lets visits go on at other domains of the site, which then are no referrers: the options `linkDomains` and `ignoreReferrers`. */
export const links: PartOfTracker = {
  _options: { linkDomains: [], ignoreReferrers: [] },
  _domains: ignoredReferrers,
  _start(core) {
    attempt(() => linkIn(core))
    linkOut(core)
  },
}
