/** A view somebody keeps under a name: the parameters of its address. */
export interface SavedView {
  readonly name: string
  readonly params: Readonly<Record<string, string>>
}

const KEY = 'sojourn-dashboard:views'
const MAX_NAME_CHARS = 60

/** The views kept in this browser, in the order of their names. Damaged or refused storage holds none. */
export function loadViews(storage: Pick<Storage, 'getItem'>): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSavedView) : []
  } catch {
    return []
  }
}

/** Keeps a view; another of the same name is replaced. Returns what is kept then, or undefined where the browser refuses. */
export function saveView(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  view: SavedView,
): readonly SavedView[] | undefined {
  const name = view.name.trim().slice(0, MAX_NAME_CHARS)
  const others = loadViews(storage).filter((kept) => kept.name !== name)
  return store(
    storage,
    [...others, { ...view, name }].sort((a, b) => a.name.localeCompare(b.name)),
  )
}

/** Forgets a view. Returns what is kept then, or undefined where the browser refuses. */
export function removeView(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  name: string,
): readonly SavedView[] | undefined {
  return store(
    storage,
    loadViews(storage).filter((kept) => kept.name !== name),
  )
}

function store(
  storage: Pick<Storage, 'setItem'>,
  views: readonly SavedView[],
): readonly SavedView[] | undefined {
  try {
    storage.setItem(KEY, JSON.stringify(views))
    return views
  } catch {
    return undefined
  }
}

function isSavedView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false
  const { name, params } = value as Partial<Record<keyof SavedView, unknown>>
  return (
    typeof name === 'string' &&
    typeof params === 'object' &&
    params !== null &&
    Object.values(params).every((text) => typeof text === 'string')
  )
}
