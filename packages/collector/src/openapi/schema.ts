/** A JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
export type Schema = Readonly<Record<string, unknown>>

export const TEXT: Schema = { type: 'string' }
export const FLAG: Schema = { type: 'boolean' }
export const NUMBER: Schema = { type: 'number' }
/** A whole number, not below 0. */
export const COUNT: Schema = { type: 'integer', minimum: 0 }
/** Epoch milliseconds. */
export const EPOCH_MS: Schema = { type: 'number', description: 'Epoch milliseconds.' }
/** ISO 8601 in UTC. */
export const ISO_TIME: Schema = { type: 'string', format: 'date-time' }
/** A number, or null where there is nothing to take a mean of. */
export const MEAN: Schema = { type: ['number', 'null'] }
/** Any JSON object: the sender's own. */
export const ANYTHING: Schema = { type: 'object', additionalProperties: true }

/** An object with these fields and no others. */
export function record(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
    additionalProperties: false,
  }
}

/** A list of these. */
export function listOf(items: Schema): Schema {
  return { type: 'array', items }
}

/** One of these texts. */
export function enumOf(values: readonly string[]): Schema {
  return { type: 'string', enum: values }
}

/** One of the schemas that the description has under a name. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

/** The same with a sentence. */
export function about(schema: Schema, description: string): Schema {
  return { ...schema, description }
}
