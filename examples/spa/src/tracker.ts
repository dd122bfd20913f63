import { createTracker } from '@sojourn/sdk'

/** The one tracker of the app. Events go to our own origin, which passes `/v1` on to the collector. */
export const tracker = createTracker({
  writeKey: import.meta.env['VITE_SOJOURN_WRITE_KEY'] ?? 'pk_demo_product',
  endpoint: location.origin,
})
