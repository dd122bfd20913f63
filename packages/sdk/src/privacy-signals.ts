import type { PrivacySignals } from '@sojourn/protocol'
import type { Config } from './options.ts'

/** Global Privacy Control (https://w3c.github.io/gpc/) and Do Not Track, as this browser sends them. */
export const privacySignals = (): PrivacySignals => ({
  gpc: !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl,
  dnt: navigator.doNotTrack === '1',
})

/** Whether they forbid all that follows: where the page's owner obeys them. */
export const areForbidding = (config: Config, privacy: PrivacySignals | undefined): unknown =>
  config.respectPrivacySignals && (privacy!.gpc || privacy!.dnt)
