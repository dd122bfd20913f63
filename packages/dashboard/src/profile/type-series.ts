const KNOWN = ['product', 'marketing', 'docs'] as const

/** The class that colours a type of source; types that are not known share one. */
export function typeSeries(type: string): string {
  const at = KNOWN.findIndex((known) => known === type)
  return at === -1 ? 'series-other' : `series-${at + 1}`
}
