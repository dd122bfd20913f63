import { NOON } from '../../session/facts.fixture.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { EventsQuery, SessionsQuery } from '../queries.ts'
import type { Page, Store, StoredEvent } from '../store.ts'

/** The sessions that a query finds, gathered page by page. */
export async function allSessions(
  store: Pick<Store, 'sessions'>,
  query: Partial<SessionsQuery> = {},
): Promise<SessionObject[]> {
  const whole: SessionsQuery = {
    definition: 'client',
    now: NOON,
    sort: 'start',
    descending: true,
    limit: 3,
    ...query,
  }
  return allPages((cursor) => store.sessions(cursor === undefined ? whole : { ...whole, cursor }))
}

/** The events that a query finds, gathered page by page. */
export async function allEvents(
  store: Pick<Store, 'events'>,
  query: Partial<EventsQuery> = {},
): Promise<StoredEvent[]> {
  return allPages((cursor) => store.events({ limit: 4, ...query, ...(cursor !== undefined && { cursor }) }))
}

/** The events of a session, gathered page by page. */
export async function allEventsOf(store: Pick<Store, 'sessionEvents'>, id: string): Promise<StoredEvent[]> {
  return allPages(async (cursor) => {
    const page = await store.sessionEvents('client', id, {
      limit: 3,
      ...(cursor !== undefined && { cursor }),
    })
    if (!page) throw new Error(`There is no session ${id}.`)
    return page
  })
}

async function allPages<Row>(read: (cursor: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page: Page<Row> = await read(cursor)
    rows.push(...page.rows)
    // A store that gives the same page for ever would keep the test from ever timing out.
    if (page.next !== null && page.next === cursor) throw new Error(`The page at ${cursor} is its own next.`)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return rows
}
