import { shortHash } from '@sojourn/protocol'
import type { Config } from './options.ts'

/** A hash of the campaign parameters of this address; nothing without any, and where no session begins with them. */
export const campaignHash = (config: Config): string | false | null => {
  const campaign = config.splitOnCampaign && location.search.match(/\butm_\w+=[^&]+/g)
  return campaign && shortHash(campaign.join())
}
