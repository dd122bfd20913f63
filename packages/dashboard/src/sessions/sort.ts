/** What the API sorts by. */
export const SORTS = ['start', 'duration', 'events', 'points'] as const
export type SortKey = (typeof SORTS)[number]

export interface SortOrder {
  readonly key: SortKey
  readonly isDescending: boolean
}

/** The order in an address, `duration` or `-duration`; latest start first where it says none. */
export function parseSort(text: string | undefined): SortOrder {
  const key = SORTS.find((known) => known === text?.replace(/^-/, ''))
  return key === undefined
    ? { key: 'start', isDescending: true }
    : { key, isDescending: text!.startsWith('-') }
}

/** The order after a click on a column's head: largest first, then smallest first. */
export function nextSort(order: SortOrder, key: SortKey): string {
  return order.key === key && order.isDescending ? key : `-${key}`
}
