import type { JsonObject } from '@sojourn/protocol'
import type { CsvColumns } from './csv-lines.ts'
import type { EventObject } from './event-object.ts'

/** The columns of `GET /v1/events.csv`, in order. Tags are joined by a space; properties and traits are JSON. Times are ISO 8601, corrected. */
export const EVENT_COLUMNS: CsvColumns<EventObject> = [
  ['id', ({ id }) => id],
  ['time', ({ correctedTime }) => new Date(correctedTime).toISOString()],
  ['type', ({ type }) => type],
  ['name', ({ name }) => name],
  ['passive', ({ passive }) => passive],
  ['visitor', ({ visitorId }) => visitorId],
  ['user', ({ userId }) => userId],
  ['session', ({ sessionId }) => sessionId],
  ['source', ({ source }) => source.name ?? source.id],
  ['source_type', ({ source }) => source.type],
  ['url', ({ page }) => page?.url],
  ['path', ({ page }) => page?.path],
  ['title', ({ page }) => page?.title],
  ['referrer', ({ page }) => page?.referrer],
  ['utm_source', ({ campaign }) => campaign?.source],
  ['utm_medium', ({ campaign }) => campaign?.medium],
  ['utm_campaign', ({ campaign }) => campaign?.name],
  ['utm_term', ({ campaign }) => campaign?.term],
  ['utm_content', ({ campaign }) => campaign?.content],
  ['tags', ({ tags }) => tags?.join(' ')],
  ['properties', ({ properties }) => json(properties)],
  ['traits', ({ traits }) => json(traits)],
  ['user_agent', ({ context }) => context.userAgent],
  ['country', ({ context }) => context.geo?.country?.code],
  ['received', ({ receivedAt }) => new Date(receivedAt).toISOString()],
  ['clock_offset_ms', ({ clockOffsetMs }) => clockOffsetMs],
]

function json(value: JsonObject | undefined): string | undefined {
  return value && JSON.stringify(value)
}
