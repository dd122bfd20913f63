import { MAX_NAME_CHARS, MAX_TAGS, shortHash } from '@sojourn/protocol'
import type { EpochMs, EventType, PageContext } from '@sojourn/protocol'
import { campaignOf } from './campaign.ts'
import { BROWSER_COOKIE } from './cookie-jar.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { EventQueue } from './event-queue.ts'
import { jsonText } from './json-text.ts'
import type { Config } from './options.ts'
import { eventId } from './random-id.ts'
import { foreignReferrer } from './referrer.ts'
import type { SessionKeeper, Stamp } from './session-keeper.ts'
import type { Properties, TrackOptions } from './tracker.ts'

/** Where, and in which session, something happened. */
export interface Place {
  readonly stamp: Stamp
  readonly page: PageContext
}

/** What an event is made of, beside what the page tells of itself. */
export interface Details extends TrackOptions {
  readonly time: EpochMs
  readonly properties?: Properties | undefined
  readonly traits?: Properties | undefined
  /** Where it was measured, when that is not here and now. */
  readonly place?: Place | undefined
}

/** Makes an event of a call, once, and puts it into the queue. Returns where it happened. */
export type Recorder = (type: EventType, name: unknown, details: Details) => Place

export function createRecorder(
  queue: EventQueue,
  keeper: SessionKeeper,
  { config, jar, tab }: { readonly config: Config; readonly jar: CookieJar; readonly tab: string },
): Recorder {
  let seq = 1

  /** True for the first event after the browser was closed, which then runs again. */
  function isReopened(): boolean {
    const isRunning = jar.read(BROWSER_COOKIE)
    if (!isRunning) jar.write(BROWSER_COOKIE, '1', true)
    return !isRunning
  }

  function here(): PageContext {
    const { href, pathname } = location
    const own = [jar.domain(), ...(config.linkDomains ?? []), ...config.ignoreReferrers]
    return {
      url: href,
      path: pathname,
      title: document.title,
      referrer: foreignReferrer(document.referrer, own)!,
    }
  }

  return (type, name, { time, place, tags, passive, properties, traits }) => {
    const campaign = campaignOf(location.search)
    const splits = config.splitOnCampaign && type === 'page'
    const { stamp, page } = place ?? {
      stamp: keeper.stamp(passive, {
        campaign: splits && campaign ? shortHash(JSON.stringify(campaign)) : undefined,
        closed: config.endOnClose && !passive && isReopened(),
      }),
      page: here(),
    }
    const text = jsonText({
      id: eventId(time),
      type,
      name: name ? `${name}`.slice(0, MAX_NAME_CHARS) : undefined,
      time,
      ...stamp,
      page,
      campaign,
      tab,
      seq,
      tags: Array.isArray(tags)
        ? tags.flatMap((tag) => `${tag}`.slice(0, MAX_NAME_CHARS) || []).slice(0, MAX_TAGS)
        : undefined,
      passive: passive ? true : undefined,
      properties: isRecord(properties) ? properties : undefined,
      traits: isRecord(traits) ? traits : undefined,
    })
    if (queue.add(text)) seq++
    if (config.debug) console.debug('Sojourn', text)
    return { stamp, page }
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value)
}
