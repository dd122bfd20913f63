import { isbot } from 'isbot'
import { v5 as uuidV5 } from 'uuid'
import { rememberRecent } from '../ingest/remember-recent.ts'
import type { ImportSetting, LineParser } from './imported-line.ts'
import { madeEventId } from './made-event-id.ts'
import { judge } from './parse-json-line.ts'
import { splitLogLine } from './split-log-line.ts'
import type { LogLine } from './split-log-line.ts'

/** Namespace of visitors that are no more than an address and a user agent; made once, never to be changed. */
const LOGGED_VISITORS = '3c0d6a52-9be5-4c18-8d2b-61c2a7f05d37'

const REMEMBERED = 10_000

/** Files that pages load. A request for one is no visit to a page. */
const PARTS =
  /\.(css|m?js|map|json|xml|txt|png|jpe?g|gif|svg|webp|avif|ico|cur|bmp|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav|webmanifest|wasm)$/i

const CAMPAIGN_KEYS = {
  source: 'utm_source',
  medium: 'utm_medium',
  name: 'utm_campaign',
  term: 'utm_term',
  content: 'utm_content',
}

/**
 * A parser for web server logs in the combined format: one `page` event for each page that was served. The visitor is a UUID of address and
 * user agent; the id is made from the line, so two lines that are equal in every field are one event, in one file or in two that overlap.
 */
export function createLogLineParser({ now, sourceId, origin }: ImportSetting): LineParser {
  // A log names the same few thousand visitors over and over.
  const visitorOf = rememberRecent((pair) => uuidV5(pair, LOGGED_VISITORS), REMEMBERED)
  const isProgram = rememberRecent((userAgent) => isbot(userAgent), REMEMBERED)
  return (line) => {
    if (line.trim() === '') return { outcome: 'skipped', reason: 'empty' }
    const log = splitLogLine(line)
    if (!log)
      return {
        outcome: 'bad',
        reason: 'not_a_log_line',
        message: 'The line is not in the combined log format.',
      }
    const path = pathOf(log.target)
    if (!isPage(log, path)) return { outcome: 'skipped', reason: 'not_a_page' }
    const { address, user, time, target, status, bytes, referrer, userAgent } = log
    const judged = judge(
      {
        id: madeEventId(time, [
          sourceId,
          address,
          user ?? '',
          target,
          String(status),
          bytes,
          referrer ?? '',
          userAgent ?? '',
        ]),
        type: 'page',
        time,
        visitorId: visitorOf(JSON.stringify([address, userAgent ?? ''])),
        userId: user,
        page: { url: origin && path ? origin + target : undefined, path, referrer },
        campaign: campaignOf(target),
      },
      { userAgent },
      now,
    )
    if ('answer' in judged) return judged.answer
    const { event, sender } = judged
    // No browser hides its user agent; programs do.
    const isBot = userAgent === undefined || isProgram(userAgent)
    return {
      outcome: 'event',
      imported: {
        event,
        time: event.time,
        clockOffsetMs: 0,
        sender: isBot ? { ...sender, automated: true } : sender,
        address,
        isBot,
      },
    }
  }
}

function isPage({ method, status }: LogLine, path: string | undefined): boolean {
  return (
    method === 'GET' &&
    path !== undefined &&
    !PARTS.test(path) &&
    ((status >= 200 && status < 300) || status === 304)
  )
}

/** The path of a request's target; undefined for what is none, such as an address that was asked of a proxy. */
function pathOf(target: string): string | undefined {
  if (!target.startsWith('/')) return undefined
  const end = target.search(/[?#]/)
  return end === -1 ? target : target.slice(0, end)
}

function campaignOf(target: string): Readonly<Record<string, string>> | undefined {
  const begin = target.indexOf('?')
  if (begin === -1 || !target.includes('utm_', begin)) return undefined
  const query = new URLSearchParams(target.slice(begin + 1))
  const campaign: Record<string, string> = {}
  for (const [key, parameter] of Object.entries(CAMPAIGN_KEYS)) {
    const value = query.get(parameter)
    if (value) campaign[key] = value
  }
  return Object.keys(campaign).length === 0 ? undefined : campaign
}
