import type { EpochMs } from '@sojourn/protocol'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** There are about 600 zones with their aliases; senders can name as many wrong ones as they like. */
const MAX_FORMATTERS = 1_000
const formatters = new Map<string, Intl.DateTimeFormat | undefined>()

/** Day of the week in a zone (IANA name), 0 = Sunday … 6 = Saturday. In UTC where the zone is unknown. */
export function weekday(time: EpochMs, timezone: string | undefined): number {
  const formatter = timezone === undefined ? undefined : formatterOf(timezone)
  return formatter ? DAYS.indexOf(formatter.format(time)) : new Date(time).getUTCDay()
}

/** Making a formatter takes some 50 µs, using one less than 1. */
function formatterOf(timezone: string): Intl.DateTimeFormat | undefined {
  if (formatters.has(timezone)) return formatters.get(timezone)
  if (formatters.size >= MAX_FORMATTERS) formatters.clear()
  const formatter = createFormatter(timezone)
  formatters.set(timezone, formatter)
  return formatter
}

function createFormatter(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone })
  } catch {
    // RangeError: there is no such zone.
    return undefined
  }
}
