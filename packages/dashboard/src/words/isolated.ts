const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff]/

/**
 * A date in the viewer's language among English words. Where it is written from the right to the left, it keeps that to itself: between the
 * isolates of Unicode (FSI, PDI), neither its parts nor the words around it change places.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
}
