import type { Admission, Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { ref } from './schema.ts'
import type { Schema } from './schema.ts'
import { DEFINITION_SCHEMAS } from './schemas/definition-schemas.ts'
import { EVENT_SCHEMAS } from './schemas/event-schemas.ts'
import { METRICS_SCHEMAS } from './schemas/metrics-schemas.ts'
import { SCORING_SCHEMAS } from './schemas/scoring-schemas.ts'
import { SERVICE_SCHEMAS } from './schemas/service-schemas.ts'
import { SESSION_SCHEMAS } from './schemas/session-schemas.ts'

const JSON_TYPE = 'application/json'
const SECURITY: Readonly<Record<Admission, readonly Schema[]>> = {
  anyone: [],
  'write-key': [],
  token: [{ bearer: [] }, { cookie: [] }],
  admin: [{ bearer: [] }, { cookie: [] }],
}

/** The description of the API, OpenAPI 3.1. */
export function openApiDocument(version: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {}
  for (const operation of OPERATIONS) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sojourn',
      version,
      description: 'Events in, sessions out. Everything but sending events needs a token.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: {
        ...SESSION_SCHEMAS,
        ...EVENT_SCHEMAS,
        ...METRICS_SCHEMAS,
        ...DEFINITION_SCHEMAS,
        ...SCORING_SCHEMAS,
        ...SERVICE_SCHEMAS,
      },
      responses: {
        Problem: {
          description: 'The request failed as a whole.',
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sojourn_admin' },
      },
    },
  }
}

function describe({ method, path, summary, admission, parameters = {}, body, answer }: Operation): Schema {
  const { status, description, type = JSON_TYPE, schema } = answer
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(parameters).map(([name, [, parse, about]]) => ({
    name,
    in: 'query',
    description: about,
    schema: parse.schema,
  }))
  return {
    operationId: `${method} ${path}`,
    summary,
    security: SECURITY[admission],
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, content: { [JSON_TYPE]: { schema: body } } } }),
    responses: {
      [status]: { description, ...(schema && { content: { [type]: { schema } } }) },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}
