import { TOKEN } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'

interface ExportedEvent {
  readonly visitorId: string
  readonly correctedTime: number
  readonly passive: boolean
}

/** Sessions and those of one event alone, by visitor and timeout, counted in the plainest way over every event that the collector holds. */
export async function tellByTimeout(
  collector: CollectorProcess,
  timeoutMs: number,
): Promise<{ sessions: number; bounces: number }> {
  const response = await fetch(`http://127.0.0.1:${collector.port}/v1/events.ndjson`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  })
  const events = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportedEvent)
    .filter(({ passive }) => !passive)
  const byVisitor = new Map<string, number[]>()
  for (const { visitorId, correctedTime } of events)
    byVisitor.set(visitorId, [...(byVisitor.get(visitorId) ?? []), correctedTime])
  let [sessions, bounces] = [0, 0]
  for (const times of byVisitor.values()) {
    const ordered = times.sort((a, b) => a - b)
    let length = 0
    ordered.forEach((time, index) => {
      length += 1
      const next = ordered[index + 1]
      if (next !== undefined && next - time < timeoutMs) return
      sessions += 1
      if (length === 1) bounces += 1
      length = 0
    })
  }
  return { sessions, bounces }
}
