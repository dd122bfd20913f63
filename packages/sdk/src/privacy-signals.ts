import type { PrivacySignals } from '@sojourn/protocol'

/** Global Privacy Control (https://w3c.github.io/gpc/) and Do Not Track, as this browser sends them. */
export const privacySignals = (): PrivacySignals => {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean }
  return { gpc: !!globalPrivacyControl, dnt: doNotTrack === '1' }
}
