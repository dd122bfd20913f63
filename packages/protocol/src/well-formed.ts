/** One look finds most texts free of both; only a text with a surrogate, paired or not, needs the closer look. */
const SUSPECT = /[\0\ud800-\udfff]/
/** NUL, and the halves of surrogate pairs that stand alone: no UTF-8 text, and most databases, can hold them. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const UNSTORABLE_EACH = new RegExp(UNSTORABLE.source, 'g')

/** True for text that any UTF-8 store keeps as it is: no NUL, no lone surrogate. */
export function isWellFormed(text: string): boolean {
  return !SUSPECT.test(text) || !UNSTORABLE.test(text)
}

/** The text with each NUL and lone surrogate replaced by U+FFFD, the replacement character. */
export function toWellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(UNSTORABLE_EACH, '\uFFFD')
}

/**
 * A JSON value with all its texts and keys made well-formed; the value itself where there is nothing to mend.
 * Returns undefined when it nests deeper than `maxDepth` containers. Never reads an inherited key.
 */
export function wellFormedJson(value: unknown, maxDepth: number): unknown {
  if (typeof value === 'string') return toWellFormed(value)
  if (typeof value !== 'object' || value === null) return value
  if (maxDepth === 0) return undefined
  return Array.isArray(value) ? wellFormedList(value, maxDepth) : wellFormedRecord(value, maxDepth)
}

function wellFormedList(list: readonly unknown[], maxDepth: number): readonly unknown[] | undefined {
  let changed = false
  const mended: unknown[] = []
  for (const item of list) {
    const clean = wellFormedJson(item, maxDepth - 1)
    if (clean === undefined) return undefined
    changed ||= clean !== item
    mended.push(clean)
  }
  return changed ? mended : list
}

function wellFormedRecord(record: object, maxDepth: number): object | undefined {
  let changed = false
  const mended: [string, unknown][] = []
  for (const [key, item] of Object.entries(record)) {
    const clean = wellFormedJson(item, maxDepth - 1)
    if (clean === undefined) return undefined
    const name = toWellFormed(key)
    changed ||= clean !== item || name !== key
    mended.push([name, clean])
  }
  // fromEntries defines properties, so that a key named __proto__ stays a plain key.
  return changed ? Object.fromEntries(mended) : record
}
