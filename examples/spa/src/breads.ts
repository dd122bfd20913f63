/** A loaf on the board. */
export interface Bread {
  readonly slug: string
  readonly name: string
  readonly hydration: number
  readonly hours: number
}

/** What the bakery bakes; `hydration` is per cent of the flour's weight, `hours` from mix to oven. */
export const BREADS: readonly Bread[] = [
  { slug: 'country', name: 'Country loaf', hydration: 76, hours: 18 },
  { slug: 'rye', name: 'Dark rye', hydration: 84, hours: 22 },
  { slug: 'baguette', name: 'Baguette', hydration: 68, hours: 14 },
]
