import { MAX_NAME_CHARS, MAX_TAGS, shortHash } from '@sojourn/protocol'
import type { EpochMs, EventType, PageContext } from '@sojourn/protocol'
import { campaignOf } from './campaign.ts'
import { BROWSER_COOKIE } from './cookie-jar.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { EventStore } from './event-store.ts'
import { jsonText } from './json-text.ts'
import type { Config } from './options.ts'
import { eventId } from './random-id.ts'
import type { SessionKeeper, Stamp } from './session-keeper.ts'
import type { Properties, TrackOptions } from './tracker.ts'

/** Where, and in which session, something happened. */
export interface Place {
  readonly stamp: Stamp
  readonly page: PageContext
}

/** When and where a call was made, which may be before it is carried out. */
export interface Moment {
  readonly time: EpochMs
  readonly page: PageContext
}

/** What an event is made of. */
export interface Details extends TrackOptions, Moment {
  readonly properties?: Properties | undefined
  readonly traits?: Properties | undefined
  /** The stamp of when it was measured, when that was earlier. */
  readonly stamp?: Stamp | undefined
}

/** Makes an event of a call, once, and stores it. Returns where it happened. */
export type Recorder = (type: EventType, name: unknown, details: Details) => Place

export function createRecorder(
  store: EventStore,
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

  return (type, name, { time, page, stamp, tags, passive, properties, traits }) => {
    const campaign = campaignOf(page.url!)
    const splits = config.splitOnCampaign && type === 'page' && campaign
    stamp ??= keeper.stamp(passive, {
      campaign: splits ? shortHash(JSON.stringify(campaign)) : undefined,
      closed: config.endOnClose && !passive && isReopened(),
    })
    const id = eventId(time, seq)
    const text = jsonText({
      id,
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
    if (store.add(id, text)) seq++
    if (config.debug) console.debug('Sojourn', text)
    return { stamp, page }
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value)
}
