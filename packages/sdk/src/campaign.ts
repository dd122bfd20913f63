import type { Campaign } from '@sojourn/protocol'

/** The `utm_*` parameters of a URL; undefined when it has none. */
export function campaignOf(url: string): Campaign | undefined {
  // Making a URL costs more than all else that an event takes.
  if (!url.includes('utm_')) return undefined
  const campaign: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams)
    if (/^utm_(source|medium|campaign|term|content)$/.test(name) && value)
      campaign[name === 'utm_campaign' ? 'name' : name.slice(4)] = value
  return Object.keys(campaign)[0] ? campaign : undefined
}
