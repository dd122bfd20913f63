import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import { Icon } from '../design/icon.tsx'
import { Waiting } from '../design/waiting.tsx'
import type { CellContext, Column } from './columns.tsx'
import type { RowStore } from './row-store.ts'
import type { SortKey, SortOrder } from './sort.ts'
import { useRowWindow } from './use-row-window.ts'

/** The size of letters that the widths of columns were chosen for. */
const ROOT_PX = 14
/** So few columns keep their width on a wide screen, and leave the rest of it empty; more share it. */
const FEW_COLUMNS = 6

interface SessionTableProps {
  readonly rows: RowStore<SessionObject>
  readonly columns: readonly Column[]
  readonly order: SortOrder
  readonly onSort: (key: SortKey) => void
  readonly context: CellContext
}

/** The sessions, of which only those in sight are in the document, however many there are. */
export function SessionTable({ rows, columns, order, onSort, context }: SessionTableProps): JSX.Element {
  const { box, first, last, abovePx, belowPx, look, jump } = useRowWindow(rows)
  const hasRest = columns.length <= FEW_COLUMNS
  useEffect(() => rows.show(first, last), [rows, first, last])

  return (
    <div
      class="table-box"
      ref={box}
      onScroll={look}
      onKeyDown={jump}
      tabIndex={0}
      role="region"
      aria-label="Sessions, scrollable"
    >
      <table class="session-table" aria-rowcount={rows.isComplete() ? rows.count() + 1 : -1}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: `${column.widthPx / ROOT_PX}rem` }} />
          ))}
          {hasRest && <col />}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onSort={onSort} />
            ))}
            {hasRest && <td />}
          </tr>
        </thead>
        <tbody>
          <Space heightPx={abovePx} />
          {Array.from({ length: last - first }, (_, at) => (
            <Row
              key={first + at}
              index={first + at}
              session={rows.rowAt(first + at)}
              columns={columns}
              context={context}
            />
          ))}
          <Space heightPx={belowPx} />
        </tbody>
      </table>
      {rows.count() === 0 && !rows.problem() && (
        <div class="first-rows">
          <Waiting lines={8} />
        </div>
      )}
    </div>
  )
}

function Head({
  column,
  order,
  onSort,
}: Pick<SessionTableProps, 'order' | 'onSort'> & { readonly column: Column }): JSX.Element {
  const { sort } = column
  const isSorted = sort === order.key
  const direction = order.isDescending ? 'descending' : 'ascending'
  return (
    <th scope="col" class={column.isNumber ? 'number' : ''} aria-sort={isSorted ? direction : undefined}>
      {sort === undefined ? (
        column.words
      ) : (
        <button type="button" onClick={() => onSort(sort)}>
          {column.words}
          {isSorted && <Icon name={order.isDescending ? 'down' : 'up'} />}
        </button>
      )}
    </th>
  )
}

interface RowProps {
  readonly index: number
  readonly session: SessionObject | undefined
  readonly columns: readonly Column[]
  readonly context: CellContext
}

/** A row is drawn once and stays as it is while it is scrolled past: Preact passes over what is the same object as before. */
function Row({ index, session, columns, context }: RowProps): JSX.Element {
  const { now, definition } = context
  return useMemo(
    () => <DrawnRow index={index} session={session} columns={columns} context={{ now, definition }} />,
    [index, session, columns, now, definition],
  )
}

function DrawnRow({ index, session, columns, context }: RowProps): JSX.Element {
  const open = (event: MouseEvent): void => {
    const isElsewhere = (event.target as Element).closest('a') || getSelection()?.toString()
    if (session && !isElsewhere)
      location.hash = placeLink(['sessions', session.id], { definition: context.definition })
  }
  return (
    <tr class="session-row" aria-rowindex={index + 2} aria-busy={session === undefined} onClick={open}>
      {columns.map((column) => (
        <td key={column.key} class={column.isNumber ? 'number cut' : 'cut'}>
          {session && column.cell(session, context)}
        </td>
      ))}
      {columns.length <= FEW_COLUMNS && <td />}
    </tr>
  )
}

/** Stands for the rows that are not drawn. */
function Space({ heightPx }: { readonly heightPx: number }): JSX.Element {
  return <tr class="space" aria-hidden="true" style={{ height: `${heightPx}px` }} />
}
