import type { EpochMs } from '@sojourn/protocol'

/** A parameter's value as a query holds it, or what to write instead. */
export type Parsed<Value> = { readonly value: Value } | { readonly mend: string }

/** What a parameter's text may be, as JSON Schema; the API's description repeats it. */
export type ParameterSchema = Readonly<Record<string, unknown>>

/** Reads a parameter's text, and says in `schema` what it takes. */
export interface ParseParameter<Value> {
  (text: string): Parsed<Value>
  readonly schema: ParameterSchema
}

/** The parameters of a query under their names in it, or one sentence for each that is not understood. */
export type ParsedParameters<Shape> =
  | { readonly ok: true; readonly values: Partial<Shape> }
  | { readonly ok: false; readonly errors: readonly string[] }

/** What a route takes: the parameter's name on the left; the name in the query, how to read it and a sentence about it on the right. */
export type ParameterTable<Shape> = Readonly<
  Record<string, { [Key in keyof Shape]-?: readonly [Key, ParseParameter<Shape[Key]>, string] }[keyof Shape]>
>

/** Reads the parameters of a request. One that is unknown, given twice, empty or malformed is an error that names it. */
export function parseParameters<Shape>(
  parameters: URLSearchParams,
  table: ParameterTable<Shape>,
): ParsedParameters<Shape> {
  const errors: string[] = []
  const values: Partial<Shape> = {}
  for (const name of new Set(parameters.keys())) {
    const entry = Object.hasOwn(table, name) ? table[name] : undefined
    const [text = '', ...more] = parameters.getAll(name)
    if (!entry) errors.push(`${shown(name)} is no parameter of this route.`)
    else if (more.length > 0) errors.push(`${name} is given more than once.`)
    else {
      const [key, parse] = entry
      const parsed = text === '' ? { mend: 'must not be empty' } : parse(text)
      if ('mend' in parsed) errors.push(`${name} ${parsed.mend}.`)
      else values[key] = parsed.value
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values }
}

/** A parameter that is read like this. */
export function parameter<Value>(
  schema: ParameterSchema,
  parse: (text: string) => Parsed<Value>,
): ParseParameter<Value> {
  return Object.assign(parse, { schema })
}

/** A text of at most `maxChars` characters, without NUL, which no stored text has. */
export function text(maxChars = 256): ParseParameter<string> {
  return parameter({ type: 'string', minLength: 1, maxLength: maxChars }, (given) =>
    given.length <= maxChars && !given.includes('\0')
      ? { value: given }
      : { mend: `must be a text of at most ${maxChars} characters` },
  )
}

/** A whole number between two bounds, both included; of `unit`, where one is given. */
export function whole(min: number, max: number, unit = ''): ParseParameter<number> {
  const words = unit === '' ? 'a whole number' : `a whole number of ${unit}`
  const extent = max === Number.MAX_SAFE_INTEGER ? `, ${min} or more` : ` from ${min} to ${max}`
  return parameter({ type: 'integer', minimum: min, maximum: max }, (given) => {
    const value = Number(given)
    return /^\d{1,16}$/.test(given) && value >= min && value <= max
      ? { value }
      : { mend: `must be ${words}${extent}` }
  })
}

/** A number, perhaps with a fraction or below zero. */
export const number: ParseParameter<number> = parameter({ type: 'number' }, (given) =>
  /^-?\d{1,15}(\.\d{1,15})?$/.test(given) ? { value: Number(given) } : { mend: 'must be a number' },
)

/** One of a closed list. */
export function oneOf<Value extends string>(values: readonly Value[]): ParseParameter<Value> {
  return parameter({ type: 'string', enum: values }, (given) => {
    const value = values.find((known) => known === given)
    return value === undefined ? { mend: `must be one of ${values.join(', ')}` } : { value }
  })
}

/** `true` or `false`. */
export const flag: ParseParameter<boolean> = parameter({ type: 'boolean' }, (given) => {
  const value = { true: true, false: false }[given]
  return typeof value === 'boolean' ? { value } : { mend: 'must be true or false' }
})

const INSTANT = {
  type: 'string',
  examples: ['1717055063243', '2024-05-30', '2024-05-30T07:44:23Z', '2024-05-30T09:44:23+02:00'],
}

/** ISO 8601 (a date is its midnight in UTC; a time needs its zone) or epoch milliseconds. */
export const instant: ParseParameter<EpochMs> = parameter(INSTANT, (given) => {
  // In a query, an unescaped "+" of a zone arrives as a space.
  const iso = given.replace(/ (\d\d:?\d\d)$/, '+$1')
  const isIso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d))?$/.test(iso)
  const value = /^-?\d{1,16}$/.test(given)
    ? Number(given)
    : isIso && isDay(iso.slice(0, 10))
      ? Date.parse(iso)
      : Number.NaN
  return Math.abs(value) <= 8.64e15
    ? { value }
    : {
        mend: 'must be epoch milliseconds, a date such as 2024-05-30 or a time with its zone such as 2024-05-30T07:44:23Z',
      }
})

/** True for a day that there is: `Date` takes 30 February for 1 March. */
export function isDay(date: string): boolean {
  const time = Date.parse(date)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
}
