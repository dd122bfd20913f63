import type { EpochMs } from '@sojourn/protocol'

/** A line of a web server's log in the combined format. Absent where the log has `-`. */
export interface LogLine {
  readonly address: string
  readonly user?: string
  readonly time: EpochMs
  readonly method: string
  /** Path and query as requested. */
  readonly target: string
  readonly status: number
  /** As logged. */
  readonly bytes: string
  readonly referrer?: string
  readonly userAgent?: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const TIME = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/

/**
 * The fields of a line in Apache's and nginx's combined format, `%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i"`, or in the common format,
 * which ends before the referrer. Further fields are ignored. Undefined for anything else. Takes time linear in the line.
 */
export function splitLogLine(line: string): LogLine | undefined {
  const [address, , user, when, request, status, bytes, referrer, userAgent] = fieldsOf(line)
  const time = parseLogTime(when)
  const [method, target] = (request ?? '').split(' ')
  if (!address || user === undefined || time === undefined || bytes === undefined) return undefined
  if (!/^\d{3}$/.test(status ?? '') || !/^(\d+|-)$/.test(bytes)) return undefined
  return {
    address,
    time,
    method: method ?? '',
    target: target ?? '',
    status: Number(status),
    bytes,
    ...(user === '-' || user === '' ? {} : { user }),
    ...(isGiven(referrer) ? { referrer } : {}),
    ...(isGiven(userAgent) ? { userAgent } : {}),
  }
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '' && text !== '-'
}

/** Fields are words, `[…]` or `"…"` with backslashes before quotes; at most nine are looked for. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = []
  let at = 0
  while (at < line.length && fields.length < 9) {
    if (line[at] === ' ') at++
    else if (line[at] === '[') {
      const end = endOf(line, ']', at + 1)
      fields.push(line.slice(at + 1, end))
      at = end + 1
    } else if (line[at] === '"') {
      let end = at + 1
      while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1
      fields.push(unescaped(line.slice(at + 1, end)))
      at = end + 1
    } else {
      const end = endOf(line, ' ', at)
      fields.push(line.slice(at, end))
      at = end
    }
  }
  return fields
}

function endOf(line: string, mark: string, from: number): number {
  const end = line.indexOf(mark, from)
  return end === -1 ? line.length : end
}

/** Apache and nginx write quotes as `\"` or `\x22`, and bytes beyond ASCII as `\xhh`, one escape a byte. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /((?:\\x[0-9A-Fa-f]{2})+)|\\(.)/g,
    (_, bytes: string | undefined, character: string | undefined) =>
      bytes === undefined ? character! : Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString('utf8'),
  )
}

function parseLogTime(text: string | undefined): EpochMs | undefined {
  const parts = TIME.exec(text ?? '')
  if (!parts) return undefined
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = parts
  const monthIndex = MONTHS.indexOf(month!)
  const wall = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second))
  // Date.UTC carries over: 31 February would be 3 March.
  if (monthIndex === -1 || new Date(wall).getUTCDate() !== Number(day) || Number(hour) > 23) return undefined
  const offsetMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000
  return sign === '-' ? wall + offsetMs : wall - offsetMs
}
