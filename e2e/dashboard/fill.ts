import type { EventBatch, IngestAnswer } from '@sojourn/protocol'
import { TOKEN } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'
import { SEED_SOURCES, drawMonth } from './seed.ts'

/** Sends a batch and makes sure that all of it was taken. */
export async function sendBatch(collector: CollectorProcess, batch: EventBatch): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/events`, {
    method: 'POST',
    body: JSON.stringify(batch),
  })
  const answer = (await response.json()) as IngestAnswer
  if (response.status !== 200 || answer.rejected.length > 0)
    throw new Error(`The collector refused: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`)
}

/** Makes a source. */
export async function addSource(collector: CollectorProcess, source: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/sources`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(source),
  })
  if (response.status !== 201) throw new Error(`No source was made: ${await response.text()}`)
}

/** Sends a month of about `events` events to sources of its own. */
export async function fillWithMonth(collector: CollectorProcess, events: number): Promise<void> {
  for (const source of SEED_SOURCES) await addSource(collector, source)
  for (const batch of drawMonth({ events, until: Date.now() })) await sendBatch(collector, batch)
}
