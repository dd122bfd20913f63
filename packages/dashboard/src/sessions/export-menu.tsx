import type { JSX } from 'preact'
import { apiUrl } from '../api/request.ts'
import type { Params } from '../api/request.ts'
import { Popover } from '../design/popover.tsx'

/** Downloads of exactly what is filtered, in the order of the table. */
export function ExportMenu({ query }: { readonly query: Params }): JSX.Element {
  return (
    <Popover words="Export" icon="download">
      {(close) => (
        <>
          <a class="menu-item" href={apiUrl('sessions.csv', query)} download onClick={close}>
            CSV, for spreadsheets
          </a>
          <a class="menu-item" href={apiUrl('sessions.ndjson', query)} download onClick={close}>
            NDJSON, with every field
          </a>
        </>
      )}
    </Popover>
  )
}
