import type { Config } from './options.ts'

/** The campaign parameters of this address as one text; nothing without any, and where no session begins with them. */
export const campaignText = (config: Config): string | false | undefined =>
  config.splitOnCampaign && location.search.match(/\butm_\w+=[^&]+/g)?.join()
