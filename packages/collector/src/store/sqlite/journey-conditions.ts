import type { SessionFilters } from '../queries.ts'
import { TYPE_CODES } from './event-row.ts'
import { readStatement } from './read-statement.ts'
import type { Conditions } from './session-conditions.ts'
import type { StoreParts } from './store-parts.ts'

const LED_FROM = readStatement('./session-led-from.sql')
const LED_TO = readStatement('./session-led-to.sql')
const PAGES = readStatement('./session-pages.sql')
const GOAL_EVENT = readStatement('./session-goal-event.sql')

/** SQL for the name of an event `e` where its words are those of the sessions. */
export const EVENT_NAME = '(select text from words where row = e.name_row)'

/**
 * What a query asks of the way that a session took, which is read from its events: the same that paths and pairs of sources are told by.
 * Needs the SQL function `reaches_goal`.
 */
export function journeyConditions(query: SessionFilters, parts: StoreParts): Conditions {
  const all = [ledConditions(query, parts), pagesConditions(query, parts)]
  return {
    sql: all.flatMap(({ sql }) => sql),
    values: Object.assign({}, ...all.map(({ values }) => values)) as Conditions['values'],
  }
}

function ledConditions({ led, ledFrom, ledTo }: SessionFilters, { sources }: StoreParts): Conditions {
  if (!led) return { sql: [], values: {} }
  const sql: string[] = []
  const values: Record<string, string> = {
    ledOrigins: JSON.stringify(led.from.flatMap((type) => sources.rowsOfType(type))),
    ledTargets: JSON.stringify(sources.rowsOfType(led.to)),
  }
  if (ledFrom === undefined) sql.push(`(${LED_FROM}) is not null`)
  else {
    sql.push(`(${LED_FROM}) in (select value from json_each(:ledFrom))`)
    values['ledFrom'] = JSON.stringify(sources.rowsNamed(ledFrom))
  }
  if (ledTo !== undefined) {
    sql.push(`(${LED_TO}) in (select value from json_each(:ledTo))`)
    values['ledTo'] = JSON.stringify(sources.rowsNamed(ledTo))
  }
  return { sql, values }
}

function pagesConditions(
  { firstPages, lastPages, pagesUntil }: SessionFilters,
  parts: StoreParts,
): Conditions {
  const sql: string[] = []
  const values: Record<string, string | number> = {}
  if (pagesUntil !== undefined) values['pagesUntil'] = pagesUntil
  for (const [name, pages, toward] of [
    ['firstPages', firstPages, 'asc'],
    ['lastPages', lastPages, 'desc'],
  ] as const) {
    if (!pages) continue
    const statement = PAGES.replaceAll('/* toward */', toward)
      .replace(':pagesCount', `:${name}Count`)
      .replace('/* until */', pagesUntil === undefined ? '' : `and (e.time, e.id) <= (${goalEvent(parts)})`)
    // Both sides are written by SQLite, so that the same pages are the same text.
    sql.push(`(${statement}) = (select json_group_array(value order by key) from json_each(:${name}))`)
    values['page'] = TYPE_CODES.page
    values[name] = JSON.stringify(pages)
    values[`${name}Count`] = pages.length
  }
  return { sql, values }
}

function goalEvent({ eventName = EVENT_NAME }: StoreParts): string {
  return GOAL_EVENT.replace('/* name */', eventName.replace('e.name_row', 'g.name_row'))
}
