import type { ParseParameter } from '../query/parameters.ts'
import type { Schema } from './schema.ts'

/** What a request needs to be let in: nothing, the write key in its body, a token, or the admin token. */
export type Admission = 'anyone' | 'write-key' | 'token' | 'admin'

/** One route, as its description says it. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As Express writes it, from the root: `/v1/sessions/:id`. */
  readonly path: string
  readonly summary: string
  readonly admission: Admission
  /** The table that the route itself reads its parameters with. */
  readonly parameters?: Readonly<
    Record<string, readonly [key: string, parse: ParseParameter<unknown>, about: string]>
  >
  readonly body?: Schema
  readonly answer: {
    readonly status: 200 | 201 | 204
    readonly description: string
    /** Default: JSON. */
    readonly type?: string
    /** Absent where the answer has no body, or none that JSON Schema describes. */
    readonly schema?: Schema
  }
}
