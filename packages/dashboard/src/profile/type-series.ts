/** The types of sources that have a colour of their own, and the one that all others share. */
export const TYPE_COLOURS = [
  { words: 'product', series: 'series-1' },
  { words: 'marketing', series: 'series-2' },
  { words: 'docs', series: 'series-3' },
  { words: 'other', series: 'series-other' },
] as const

/** The class that colours a type of source. */
export function typeSeries(type: string): string {
  return TYPE_COLOURS.find(({ words }) => words === type)?.series ?? 'series-other'
}
