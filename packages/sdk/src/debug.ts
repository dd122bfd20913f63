import type { Config } from './options.ts'

/** Says in the console what was recorded, where the page's owner asked for it. */
export const sayRecorded = (config: Config, event: string): unknown =>
  config.debug && console.debug('Sojourn', event)
