import { TOKEN } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'

/** Makes a source. */
export async function addSource(collector: CollectorProcess, source: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/sources`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(source),
  })
  if (response.status !== 201) throw new Error(`No source was made: ${await response.text()}`)
}
