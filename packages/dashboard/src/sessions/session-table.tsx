import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import type { SessionObject } from '@sojourn/protocol'
import { Icon } from '../design/icon.tsx'
import type { CellContext, Column } from './columns.tsx'
import type { RowStore } from './row-store.ts'
import type { SortKey, SortOrder } from './sort.ts'
import { visibleRows } from './visible-rows.ts'

/** The size of letters that the widths of columns were chosen for. */
const ROOT_PX = 14

interface SessionTableProps {
  readonly rows: RowStore<SessionObject>
  readonly columns: readonly Column[]
  readonly order: SortOrder
  readonly onSort: (key: SortKey) => void
  readonly context: CellContext
}

/** The sessions, of which only those in sight are in the document, however many there are. */
export function SessionTable({ rows, columns, order, onSort, context }: SessionTableProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ scrollTop: 0, viewPx: 600, rowPx: 34 })
  const look = (): void => {
    const { scrollTop, clientHeight } = box.current!
    const rowPx = parseFloat(getComputedStyle(box.current!).getPropertyValue('--row')) || 34
    setView((before) =>
      before.scrollTop === scrollTop && before.viewPx === clientHeight && before.rowPx === rowPx
        ? before
        : { scrollTop, viewPx: clientHeight, rowPx },
    )
  }
  useLayoutEffect(() => {
    const observer = new ResizeObserver(look)
    observer.observe(box.current!)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    box.current!.scrollTop = 0
  }, [rows])

  const shown = visibleRows({ count: rows.count(), ...view })
  useEffect(() => rows.show(shown.first, shown.last), [rows, shown.first, shown.last])

  return (
    <div
      class="table-box"
      ref={box}
      onScroll={look}
      tabIndex={0}
      role="region"
      aria-label="Sessions, scrollable"
    >
      <table class="session-table" aria-rowcount={rows.isComplete() ? rows.count() + 1 : -1}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: `${column.widthPx / ROOT_PX}rem` }} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onSort={onSort} />
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          <Space heightPx={shown.abovePx} />
          {Array.from({ length: shown.last - shown.first }, (_, at) => {
            const index = shown.first + at
            return (
              <Row
                key={index}
                index={index}
                session={rows.rowAt(index)}
                columns={columns}
                context={context}
              />
            )
          })}
          <Space heightPx={shown.belowPx} />
        </tbody>
      </table>
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

function Row({ index, session, columns, context }: RowProps): JSX.Element {
  const open = (event: MouseEvent): void => {
    const isElsewhere = (event.target as Element).closest('a') || getSelection()?.toString()
    if (session && !isElsewhere)
      location.hash = placeLink(['sessions', session.id], { definition: context.definition })
  }
  return (
    <tr class="session-row" aria-rowindex={index + 2} onClick={open}>
      {columns.map((column) => (
        <td key={column.key} class={column.isNumber ? 'number cut' : 'cut'}>
          {session ? column.cell(session, context) : <div class="waiting" />}
        </td>
      ))}
      <td />
    </tr>
  )
}

/** Stands for the rows that are not drawn. */
function Space({ heightPx }: { readonly heightPx: number }): JSX.Element {
  return <tr class="space" aria-hidden="true" style={{ height: `${heightPx}px` }} />
}
