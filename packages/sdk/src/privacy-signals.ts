import type { PrivacySignals } from '@sojourn/protocol'

/** Global Privacy Control (https://w3c.github.io/gpc/) and Do Not Track, as this browser sends them. */
export const privacySignals = (): PrivacySignals => ({
  gpc: !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
  dnt: navigator.doNotTrack === '1',
})
