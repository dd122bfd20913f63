import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Params } from '../api/request.ts'
import { apiUrl, read } from '../api/request.ts'
import { useRetry } from '../api/use-retry.ts'
import type { SessionObject } from '@sojourn/protocol'
import type { SessionsPage } from '../api/session.ts'
import { reportSignedOut } from '../login/signed-in.ts'
import type { LoadPage, RowStore } from './row-store.ts'
import { PAGE_ROWS, createRowStore } from './row-store.ts'

/** The list of sessions that a query finds; another query, or another `round`, is a new list. The page is drawn again whenever it changes. */
export function useSessionRows(query: Params, round: number): RowStore<SessionObject> {
  const [, setChanges] = useState(0)
  const url = apiUrl('sessions', query)
  const rows = useMemo(
    () => createRowStore<SessionObject>(readPages(query), () => setChanges((count) => count + 1)),
    [url, round],
  )
  useEffect(() => {
    rows.show(0, 1)
    return () => rows.stop()
  }, [rows])
  useRetry(rows.problem(), rows.retry)
  return rows
}

function readPages(query: Params): LoadPage<SessionObject> {
  let newest: number | undefined
  return async ({ cursor, skip }, signal) => {
    // Counting is from the row that the viewer sees first, so that sessions which have come since move no page.
    const isPinned = skip !== undefined && skip > 0 && newest !== undefined && query['sort'] === '-start'
    const pin = isPinned && query['to'] === undefined ? { to: newest! + 1 } : {}
    const page = { limit: PAGE_ROWS, cursor, skip: skip === 0 ? undefined : skip }
    const answer = await read<SessionsPage>('sessions', { ...query, ...pin, ...page }, signal)
    if (!answer.ok) {
      if (answer.problem.kind === 'signed-out') reportSignedOut()
      return answer
    }
    const { sessions, next } = answer.value
    if (skip === 0 && sessions[0]) newest = Date.parse(sessions[0].metadata.time.insert)
    return { ok: true, value: { rows: sessions, next } }
  }
}
