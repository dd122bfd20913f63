import type { JSX } from 'preact'
import { Popover } from '../design/popover.tsx'
import type { Column } from './columns.tsx'
import { COLUMNS, columnsParam } from './columns.tsx'

interface ColumnsMenuProps {
  readonly chosen: readonly Column[]
  /** What the address shall say. */
  readonly onChange: (columns: string | undefined) => void
}

/** Which columns the table shows. */
export function ColumnsMenu({ chosen, onChange }: ColumnsMenuProps): JSX.Element {
  const keys = new Set(chosen.map((column) => column.key))
  const toggle = (key: string): void => {
    const next = new Set(keys)
    if (!next.delete(key)) next.add(key)
    if (next.size > 0) onChange(columnsParam(next))
  }
  return (
    <Popover words="Columns" icon="columns">
      {() => (
        <div class="column-list">
          {COLUMNS.map(({ key, words }) => (
            <label key={key} class="check">
              <input type="checkbox" checked={keys.has(key)} onChange={() => toggle(key)} />
              {words}
            </label>
          ))}
          <button type="button" class="button small" onClick={() => onChange(undefined)}>
            The usual ones
          </button>
        </div>
      )}
    </Popover>
  )
}
