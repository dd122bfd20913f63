import { EVENT_TYPES } from '@sojourn/protocol'
import type { EventFilters } from '../queries.ts'
import { TYPE_CODES } from './event-row.ts'
import { readStatement } from './read-statement.ts'
import type { Conditions } from './session-conditions.ts'
import type { StoreParts } from './store-parts.ts'

const OF_VISITOR = `e.row in (${readStatement('./events-of-visitor.sql')})`
const WITH_TAG = `exists (select 1 from json_each(e.body, '$.tags') t where t.value = :tag)`

/** What a query asks of `e`, an event. Undefined when nothing can match, because a name in it was never stored. */
export function eventConditions(query: EventFilters, parts: StoreParts): Conditions | undefined {
  const sql: string[] = []
  const values: Record<string, number | string> = {}
  const ask = (condition: string, name: string, value: number | string): void => {
    sql.push(condition)
    values[name] = value
  }

  if (query.from !== undefined) ask('e.time >= :from', 'from', query.from)
  if (query.to !== undefined) ask('e.time < :to', 'to', query.to)
  if (query.user !== undefined) ask(`e.body ->> '$.userId' = :user`, 'user', query.user)
  if (query.path !== undefined) ask(`e.body ->> '$.page.path' = :path`, 'path', query.path)
  if (query.tag !== undefined) ask(WITH_TAG, 'tag', query.tag)
  if (query.type !== undefined) {
    const type = EVENT_TYPES.find((known) => known === query.type)
    if (!type) return undefined
    ask('e.type = :type', 'type', TYPE_CODES[type])
  }
  if (query.name !== undefined) {
    const row = parts.words.find(query.name)
    if (row === undefined) return undefined
    ask('e.name_row = :name', 'name', row)
  }
  if (query.visitor !== undefined) {
    const visitor = parts.identities.find({ kind: 'visitor', id: query.visitor })
    if (!visitor) return undefined
    ask(OF_VISITOR, 'visitor', visitor.row)
  }
  if (query.source !== undefined) {
    const rows = parts.sources.rowsNamed(query.source)
    if (rows.length === 0) return undefined
    ask('e.source_row in (select value from json_each(:sources))', 'sources', JSON.stringify(rows))
  }
  return { sql, values }
}
