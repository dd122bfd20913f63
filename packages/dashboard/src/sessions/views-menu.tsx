import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { Icon } from '../design/icon.tsx'
import { Popover } from '../design/popover.tsx'
import { Sent } from '../design/sent.tsx'
import { loadViews, removeView, saveView } from './saved-views.ts'

/** Views kept in this browser: filters, order and columns under a name. */
export function ViewsMenu({ params }: { readonly params: Readonly<Record<string, string>> }): JSX.Element {
  return (
    <Popover words="Views" icon="bookmark">
      {(close) => <ViewsList params={params} close={close} />}
    </Popover>
  )
}

function ViewsList({
  params,
  close,
}: {
  readonly params: Readonly<Record<string, string>>
  readonly close: () => void
}): JSX.Element {
  const [views, setViews] = useState(() => loadViews(localStorage))
  const [name, setName] = useState('')
  const [isRefused, setRefused] = useState(false)
  const keep = (kept: ReturnType<typeof saveView>): void => {
    setRefused(kept === undefined)
    if (kept) setViews(kept)
  }
  const save = (event: Event): void => {
    event.preventDefault()
    keep(saveView(localStorage, { name, params }))
    setName('')
  }
  return (
    <div class="filter-form">
      {views.length === 0 && (
        <p class="muted">Nothing kept yet. Keep the filters, order and columns you see now:</p>
      )}
      <ul>
        {views.map((view) => (
          <li key={view.name} class="row">
            <a class="menu-item grow" href={placeLink(['sessions'], view.params)} onClick={close}>
              <Sent text={view.name} />
            </a>
            <button
              type="button"
              class="button bare small"
              aria-label={`Forget the view ${view.name}`}
              onClick={() => keep(removeView(localStorage, view.name))}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
      <form class="row" onSubmit={save}>
        <input
          class="input grow"
          required
          maxLength={60}
          placeholder="Name of this view"
          aria-label="Name of this view"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button class="button">Keep</button>
      </form>
      {isRefused && (
        <p class="mend">This browser refuses to store anything. Keep the address as a bookmark instead.</p>
      )}
    </div>
  )
}
