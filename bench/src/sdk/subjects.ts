/** An SDK under measurement. */
export interface Subject {
  readonly name: string
  readonly package: string
  /** The licence under which it is published, as its manifest says. */
  readonly license: string
  /**
   * A module that sets `window.subject`: `start(endpoint)` sets the SDK up as its documents say, `track(step)` records one event.
   * It is bundled with the package, minified, and measured as a whole.
   */
  readonly entry: string
  /** Whether a request to this path carries events. */
  isDelivery(path: string): boolean
  /** How many of our own events are in a delivered body. */
  countEvents(body: string): number
}

/** The name of the event that is tracked; each SDK writes it once into each event, but for the one whose events have no names. */
const NAME = 'plan_chosen'

const namedOnce = (body: string): number => body.split(`"${NAME}"`).length - 1

/** Ours first: the npm entry with everything on, as the others are npm entries with their defaults on. */
export const SUBJECTS: readonly Subject[] = [
  {
    name: 'Sojourn',
    package: '@sojourn/sdk',
    license: 'MIT',
    entry: `
      import { createTracker } from '@sojourn/sdk'
      let tracker
      window.subject = {
        start(endpoint) { tracker = createTracker({ writeKey: 'pk_bench', endpoint }) },
        track(step) { tracker.track('${NAME}', { plan: 'pro', step }) },
      }`,
    isDelivery: (path) => path === '/v1/events',
    countEvents: namedOnce,
  },
  {
    name: 'PostHog',
    package: 'posthog-js',
    license: 'Apache-2.0 AND MIT',
    // Its limit of 100 events in a burst would have it drop the others instead of recording them.
    entry: `
      import posthog from 'posthog-js'
      window.subject = {
        start(endpoint) {
          posthog.init('phc_bench', {
            api_host: endpoint,
            defaults: '2025-05-24',
            rate_limiting: { events_per_second: 10_000, events_burst_limit: 10_000 },
          })
        },
        track(step) { posthog.capture('${NAME}', { plan: 'pro', step }) },
      }`,
    isDelivery: (path) => /^\/(i\/v0\/)?e\/$/.test(path),
    countEvents: namedOnce,
  },
  {
    name: 'Snowplow',
    package: '@snowplow/browser-tracker',
    license: 'BSD-3-Clause',
    entry: `
      import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'
      window.subject = {
        start(endpoint) { newTracker('bench', endpoint, { appId: 'bench' }) },
        track(step) {
          trackSelfDescribingEvent({
            event: { schema: 'iglu:bench/${NAME}/jsonschema/1-0-0', data: { plan: 'pro', step } },
          })
        },
      }`,
    isDelivery: (path) => path === '/com.snowplowanalytics.snowplow/tp2',
    countEvents: (body) => body.split('"e":"ue"').length - 1,
  },
  {
    name: 'RudderStack',
    package: '@rudderstack/analytics-js',
    license: 'MIT',
    // The entry that holds its plug-ins: the other one loads them from its maker's servers.
    entry: `
      import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'
      const analytics = new RudderAnalytics()
      window.subject = {
        start(endpoint) { analytics.load('bench', endpoint, { configUrl: endpoint }) },
        track(step) { analytics.track('${NAME}', { plan: 'pro', step }) },
      }`,
    isDelivery: (path) => /^\/v1\/(track|batch)$/.test(path),
    countEvents: namedOnce,
  },
  {
    name: 'Amplitude',
    package: '@amplitude/analytics-browser',
    license: 'MIT',
    entry: `
      import { init, track } from '@amplitude/analytics-browser'
      window.subject = {
        start(endpoint) {
          init('bench', { serverUrl: endpoint + '/2/httpapi', remoteConfig: { serverUrl: endpoint + '/config' } })
        },
        track(step) { track('${NAME}', { plan: 'pro', step }) },
      }`,
    isDelivery: (path) => path === '/2/httpapi',
    countEvents: namedOnce,
  },
]
