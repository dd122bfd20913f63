import type { EventBatch, IngestAnswer } from '@sojourn/protocol'
import { SEED_GOALS, SEED_SCORING, SEED_SOURCES } from './acme.ts'
import { drawMonth } from './draw-month.ts'
import type { MonthOptions } from './draw-month.ts'

/** A running collector, and the token that may change it. */
export interface SeededCollector {
  /** Without a slash at the end: `http://127.0.0.1:8686`. */
  readonly url: string
  readonly token: string
}

/** What was sent, and what became of it. */
export interface Filled {
  readonly batches: number
  readonly events: number
  readonly accepted: number
  readonly duplicates: number
}

/** Most times a batch that was put off is sent again. */
const MOST_TRIES = 200

/** Makes the seed's sources where they are missing, then its rules for points and goals. */
export async function prepareCollector(collector: SeededCollector): Promise<void> {
  for (const source of SEED_SOURCES) {
    const response = await ask(collector, 'POST', '/v1/sources', source)
    // 409: they are there from the last time.
    if (response.status !== 201 && response.status !== 409) await refuse(response)
  }
  for (const [path, body] of [
    ['/v1/scoring', SEED_SCORING],
    ['/v1/goals', SEED_GOALS],
  ] as const) {
    const response = await ask(collector, 'PUT', path, body)
    if (!response.ok) await refuse(response)
  }
}

/** Sends a month to a collector that is prepared. What it puts off is sent again; anything else that is not taken is an error. */
export async function fillCollector(
  collector: SeededCollector,
  month: MonthOptions,
  onProgress: (events: number) => void = () => undefined,
): Promise<Filled> {
  let [batches, events, accepted, duplicates] = [0, 0, 0, 0]
  for (const batch of drawMonth(month)) {
    const answer = await sendBatch(collector.url, batch)
    batches += 1
    events += batch.events.length
    accepted += answer.accepted
    duplicates += answer.duplicates
    onProgress(events)
  }
  return { batches, events, accepted, duplicates }
}

/** Sends one batch and makes sure that all of it was taken. */
export async function sendBatch(url: string, batch: EventBatch): Promise<IngestAnswer> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body: JSON.stringify(batch) })
    const isPutOff = response.status === 429 || response.status === 503
    if (isPutOff && tries < MOST_TRIES) {
      await response.arrayBuffer()
      await new Promise((resolve) =>
        setTimeout(resolve, Number(response.headers.get('retry-after') ?? 1) * 1000),
      )
      continue
    }
    if (!response.ok) await refuse(response)
    const answer = (await response.json()) as IngestAnswer
    if (answer.rejected.length > 0)
      throw new Error(`Rejected: ${JSON.stringify(answer.rejected).slice(0, 500)}`)
    return answer
  }
}

function ask({ url, token }: SeededCollector, method: string, path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
}

async function refuse(response: Response): Promise<never> {
  throw new Error(
    `The collector refused ${response.url}: ${response.status} ${(await response.text()).slice(0, 500)}`,
  )
}
