import { isWellFormed } from '@sojourn/protocol'

/** The most texts a list of names can hold. */
const MAX_LIST = 100

/** Reads the fields of one untrusted object, and lists every problem instead of stopping at the first. */
export interface FieldReader {
  /** The sender's own value, whatever it is; undefined where it is absent or null. */
  raw(key: string): unknown
  /** A text of 1 to `maxChars` characters, or undefined; a problem for anything else. */
  text(key: string, maxChars: number): string | undefined
  /** One of `options`, or undefined; a problem for anything else. */
  oneOf<Option extends string>(key: string, options: readonly Option[]): Option | undefined
  /** Up to 100 different texts of 1 to `maxChars` characters, or undefined; a problem for anything else. */
  texts(key: string, maxChars: number): readonly string[] | undefined
  /** A whole number within the bounds, or undefined; a problem for anything else. */
  whole(key: string, min: number, max: number): number | undefined
  /** Lists a problem with the field. */
  refuse(key: string, sentence: string): void
  /** Lists each field that no call has asked for. Call it last. */
  refuseUnknown(): void
}

/**
 * A reader of `value`, or undefined (and a problem) when it is no object. `at` leads every problem, e.g. `rules[2].`; problems are
 * added to `problems`. What the sender wrote is quoted as JSON and cut, so a problem is always one short line.
 */
export function createFieldReader(value: unknown, at: string, problems: string[]): FieldReader | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    problems.push(`${at === '' ? 'The body' : at.replace(/\.$/, '')} must be a JSON object.`)
    return undefined
  }
  const asked = new Set<string>()
  const refuse = (key: string, sentence: string) => void problems.push(`${at}${key} ${sentence}`)
  const raw = (key: string): unknown => {
    asked.add(key)
    return Object.hasOwn(value, key) ? ((value as Record<string, unknown>)[key] ?? undefined) : undefined
  }
  return {
    raw,
    refuse,
    text(key, maxChars) {
      const found = raw(key)
      if (found === undefined || isText(found, maxChars)) return found
      refuse(key, `must be a text of 1 to ${maxChars} characters.`)
      return undefined
    },
    oneOf(key, options) {
      const found = raw(key)
      const option = options.find((each) => each === found)
      if (found !== undefined && option === undefined)
        refuse(key, `must be one of ${options.join(', ')}, not ${quote(found)}.`)
      return option
    },
    texts(key, maxChars) {
      const found = raw(key)
      if (found === undefined) return undefined
      if (
        Array.isArray(found) &&
        found.length <= MAX_LIST &&
        found.every((item) => isText(item, maxChars)) &&
        new Set(found).size === found.length
      )
        return found
      refuse(key, `must be a list of up to ${MAX_LIST} different texts of 1 to ${maxChars} characters.`)
      return undefined
    },
    whole(key, min, max) {
      const found = raw(key)
      if (found === undefined) return undefined
      if (typeof found === 'number' && Number.isInteger(found) && found >= min && found <= max) return found
      refuse(key, `must be a whole number from ${min} to ${max}, not ${quote(found)}.`)
      return undefined
    },
    refuseUnknown() {
      for (const key of Object.keys(value).slice(0, MAX_LIST))
        if (!asked.has(key)) problems.push(`${at}${quote(key)} is no field of it.`)
    },
  }
}

/** What the sender wrote, as JSON of at most 60 characters on one line. */
export function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  const written = JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value) ?? 'undefined'
  return written.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\uFFFD').slice(0, 62)
}

function isText(value: unknown, maxChars: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxChars && isWellFormed(value)
}
