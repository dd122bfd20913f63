import { EARLIEST_TIME, MAX_FUTURE_MS } from '@sojourn/protocol'
import { isbot } from 'isbot'
import type { Geo } from '@sojourn/protocol'
import type { ImportSetting, ImportedEvent, LineParser } from './imported-line.ts'
import { badTime, judge, own, ownNumber, ownText, parseJsonLine } from './parse-json-line.ts'

/**
 * A parser for NDJSON of our own events: as the read API and `sojourn export` write them, which gives the same facts again, or as they travel on
 * the wire, with an optional `context` beside the event's fields.
 */
export function createOwnLineParser({ now }: ImportSetting): LineParser {
  return (line) => {
    const json = parseJsonLine(line)
    if ('answer' in json) return json.answer
    const { value } = json
    const sent = ownNumber(value, 'time')
    const time = ownNumber(value, 'correctedTime') ?? sent
    if (sent === undefined || time === undefined || time < EARLIEST_TIME || time > now + MAX_FUTURE_MS)
      return badTime(now)
    const context = own(value, 'context')
    // A sender's wrong clock was judged when the event was received; here its own time may be any.
    const judged = judge({ ...value, time: EARLIEST_TIME }, context, now)
    if ('answer' in judged) return judged.answer
    const { sender } = judged
    const receivedAt = ownNumber(value, 'receivedAt')
    const imported: ImportedEvent = {
      event: { ...judged.event, time: Math.floor(sent) },
      time: Math.floor(time),
      clockOffsetMs: ownNumber(value, 'clockOffsetMs') ?? 0,
      sender,
      isBot: sender.automated === true || isbot(sender.userAgent),
      ...present('receivedAt', receivedAt),
      ...present('address', ownText(context, 'ip')),
      ...present('geo', readGeo(own(context, 'geo'))),
      ...present('source', readSource(own(value, 'source'))),
    }
    return { outcome: 'event', imported }
  }
}

function readSource(value: unknown): ImportedEvent['source'] {
  const source = {
    ...present('id', ownText(value, 'id')),
    ...present('name', ownText(value, 'name')),
    ...present('type', ownText(value, 'type')),
  }
  return Object.keys(source).length === 0 ? undefined : source
}

function readGeo(value: unknown): Geo | undefined {
  const country = own(value, 'country')
  const [code, name] = [ownText(country, 'code'), ownText(country, 'name')]
  const geo: Geo = {
    ...(code === undefined || name === undefined ? {} : { country: { code, name } }),
    ...present('city', ownText(value, 'city')),
    ...present('latitude', ownNumber(value, 'latitude')),
    ...present('longitude', ownNumber(value, 'longitude')),
  }
  return Object.keys(geo).length === 0 ? undefined : geo
}

function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value })
}
