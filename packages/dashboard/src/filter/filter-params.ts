import { FILTERS } from './filters.ts'
import type { Filter } from './filters.ts'

/** The filters that a place's parameters set, with their values, in the order of the menu. */
export function activeFilters(
  params: Readonly<Record<string, string>>,
): readonly { readonly filter: Filter; readonly value: string }[] {
  return FILTERS.flatMap((filter) => {
    const value = params[filter.key]
    return value === undefined ? [] : [{ filter, value }]
  })
}

/** All parameters of a place that filter, with their values: those of its filters, and what says more of them. */
export function filterParams(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = activeFilters(params).flatMap(({ filter: { key, also = [] } }) => [key, ...also])
  return Object.fromEntries(
    names.flatMap((name) => (params[name] === undefined ? [] : [[name, params[name]] as const])),
  )
}

/** A change of the address that sets a filter, or takes it off, and forgets what said more of it. */
export function filterChange(
  { key, also = [] }: Filter,
  value: string | undefined,
): Readonly<Record<string, string | undefined>> {
  return { ...Object.fromEntries(also.map((name) => [name, undefined])), [key]: value }
}
