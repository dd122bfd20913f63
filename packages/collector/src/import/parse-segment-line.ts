import { MAX_ID_CHARS } from '@sojourn/protocol'
import type { EpochMs } from '@sojourn/protocol'
import { isbot } from 'isbot'
import type { ImportSetting, LineParser } from './imported-line.ts'
import { madeEventId } from './made-event-id.ts'
import { badTime, judge, own, ownText, parseJsonLine } from './parse-json-line.ts'

/** The calls of Segment's spec that are events here. https://segment.com/docs/connections/spec/ */
const TYPES: Readonly<Record<string, 'page' | 'track' | 'identify'>> = {
  __proto__: null as never,
  page: 'page',
  screen: 'page',
  track: 'track',
  identify: 'identify',
}

/** `timestamp` is corrected for the sender's clock by Segment; the others are what is left when an export lacks it. */
const TIMES = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'] as const

/** A parser for NDJSON of Segment's calls, as their libraries send and their archives keep them. Calls without `messageId` get an id of their content. */
export function createSegmentLineParser({ now, sourceId }: ImportSetting): LineParser {
  return (line) => {
    const json = parseJsonLine(line)
    if ('answer' in json) return json.answer
    const call = json.value
    const type = TYPES[ownText(call, 'type') ?? '']
    if (type === undefined) return { outcome: 'skipped', reason: 'unsupported_call' }
    const time = timeOf(call)
    if (time === undefined) return badTime(now)
    const context = own(call, 'context')
    const messageId = ownText(call, 'messageId')
    const isUsable = messageId !== undefined && messageId !== '' && messageId.length <= MAX_ID_CHARS
    const judged = judge(
      {
        id: isUsable ? messageId : madeEventId(time, [sourceId, line.trim()]),
        type,
        name: nameOf(call),
        time,
        visitorId: idOf(call, 'anonymousId'),
        userId: idOf(call, 'userId'),
        page: pageOf(call, context),
        campaign: own(context, 'campaign'),
        properties: propertiesOf(call, type),
        traits: type === 'identify' ? own(call, 'traits') : own(context, 'traits'),
      },
      { ...(typeof context === 'object' ? context : {}), sdk: own(context, 'library') },
      now,
    )
    if ('answer' in judged) return judged.answer
    const { event, sender } = judged
    const address = ownText(context, 'ip')
    return {
      outcome: 'event',
      imported: {
        event,
        time: event.time,
        clockOffsetMs: 0,
        sender,
        isBot: isbot(sender.userAgent),
        ...(address === undefined ? {} : { address }),
      },
    }
  }
}

function timeOf(call: unknown): EpochMs | undefined {
  for (const key of TIMES) {
    const value = own(call, key)
    const time = typeof value === 'string' ? Date.parse(value) : value
    if (typeof time === 'number' && Number.isFinite(time)) return time
  }
  return undefined
}

/** Segment allows numbers as ids. */
function idOf(call: unknown, key: string): unknown {
  const id = own(call, key)
  return typeof id === 'number' ? String(id) : id === '' ? undefined : id
}

function nameOf(call: unknown): unknown {
  switch (ownText(call, 'type')) {
    case 'track':
      return own(call, 'event')
    case 'screen':
      return 'screen_view'
    default:
      return undefined
  }
}

/** Segment's libraries put the page into the context of every call, and again into the properties of a page call. */
function pageOf(call: unknown, context: unknown): unknown {
  const properties = ownText(call, 'type') === 'page' ? own(call, 'properties') : undefined
  const page = own(context, 'page')
  const field = (key: string) => ownText(properties, key) ?? ownText(page, key)
  return { url: field('url'), path: field('path'), title: field('title'), referrer: field('referrer') }
}

/** A page's or screen's name and category stand beside its properties; here they are among them. */
function propertiesOf(call: unknown, type: string): unknown {
  const properties = own(call, 'properties')
  if (type !== 'page') return properties
  const named = { name: ownText(call, 'name'), category: ownText(call, 'category') }
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, text]) => text !== undefined)),
    ...(properties as object | undefined),
  }
}
