import type { Campaign, WireEvent } from '@sojourn/protocol'

/** The campaign parameters of a URL, and what an event calls them. */
const PARAMETERS = [
  ['utm_source', 'source'],
  ['utm_medium', 'medium'],
  ['utm_campaign', 'name'],
  ['utm_term', 'term'],
  ['utm_content', 'content'],
] as const

const MAX_CAMPAIGN_CHARS = 512

/**
 * The event with what its page's URL says in other words: its path, and the campaign that led to it. What the sender said itself stays.
 * Small senders need not take addresses apart, and all addresses are taken apart alike.
 */
export function completePage(event: WireEvent): WireEvent {
  const { page, campaign } = event
  if (page?.url === undefined) return event
  const lacksCampaign = campaign === undefined && page.url.includes('utm_')
  if (page.path !== undefined && !lacksCampaign) return event
  const url = URL.canParse(page.url) ? new URL(page.url) : undefined
  if (url === undefined) return event
  const found = lacksCampaign ? campaignOf(url) : undefined
  return {
    ...event,
    page: { ...page, path: page.path ?? url.pathname },
    ...(found && { campaign: found }),
  }
}

function campaignOf({ searchParams }: URL): Campaign | undefined {
  const campaign: { -readonly [Part in keyof Campaign]: Campaign[Part] } = {}
  for (const [parameter, part] of PARAMETERS) {
    const value = searchParams.get(parameter)
    // NUL may hide behind percent signs, where the parser of the batch could not see it.
    if (value) campaign[part] = value.slice(0, MAX_CAMPAIGN_CHARS).replaceAll('\0', '\uFFFD')
  }
  return Object.keys(campaign).length > 0 ? campaign : undefined
}
