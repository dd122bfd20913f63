import type { Problem, ProblemWords } from './problem.ts'
import { problemOf } from './problem.ts'

/** What a request came to: a value, or a problem to show. It never rejects, but for an abort. */
export type Answer<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem }

/** Parameters of a read; `undefined` and `''` are left out. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>

/** Where the API is, relative to the page, so that the collector may be mounted below any path. */
const API = 'v1'

/** The address of an API path such as `sessions` or `sessions.csv`, with its parameters. */
export function apiUrl(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== '') query.set(name, String(value))
  const text = query.toString()
  return `${API}/${path}${text === '' ? '' : `?${text}`}`
}

/** Reads an API path. Rejects only with an `AbortError`, when `signal` says so. */
export function read<Value>(path: string, params?: Params, signal?: AbortSignal): Promise<Answer<Value>> {
  return send<Value>('GET', apiUrl(path, params), undefined, signal)
}

/**
 * Whether there is an API path, without reading what it answers: a stream would never end, and an export takes long. A `limit` makes lists
 * short, and those that take none refuse it, which says as much.
 */
export async function isOffered(path: string): Promise<boolean> {
  try {
    const { status } = await fetch(apiUrl(path, { limit: 1 }), { method: 'HEAD', credentials: 'same-origin' })
    return status === 200 || status === 400
  } catch {
    return false
  }
}

/** Changes something, with a JSON body. Resolves with `undefined` for an empty answer. Rejects only when `signal` says so. */
export function change<Value>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer<Value>> {
  return send<Value>(method, apiUrl(path), body, signal)
}

/** Removes something. What is not there any more counts as removed. */
export async function remove(path: string): Promise<Answer<unknown>> {
  const answer = await change('DELETE', path)
  return answer.ok || answer.problem.kind !== 'missing' ? answer : { ok: true, value: undefined }
}

async function send<Value>(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer<Value>> {
  let response: Response
  try {
    response = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, problem: problemOf(undefined) }
  }
  const text = await response.text().catch(() => '')
  const value = parseJson(text)
  if (!response.ok) return { ok: false, problem: problemOf(response.status, wordsOf(value)) }
  if (text !== '' && value === undefined)
    return { ok: false, problem: problemOf(502, { sentence: 'The answer is no JSON.' }) }
  return { ok: true, value: value as Value }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wordsOf(value: unknown): ProblemWords {
  if (typeof value !== 'object' || value === null) return {}
  const { detail, title, errors, reason, type } = value as Readonly<Record<string, unknown>>
  return {
    sentence: [detail, title].find((text) => typeof text === 'string'),
    errors: Array.isArray(errors) ? errors.filter((each) => typeof each === 'string') : [],
    reason: [reason, problemType(type)].find((text) => typeof text === 'string'),
  }
}

/** The collector's name for a kind of problem: `read_only` of `urn:sojourn:problem:read_only`. */
function problemType(type: unknown): string | undefined {
  return typeof type === 'string' ? type.split(':').at(-1) : undefined
}
