import { TOKEN } from '../collector-process.ts'
import type { CollectorProcess } from '../collector-process.ts'

type TimesByVisitor = ReadonlyMap<string, readonly number[]>

interface ExportedEvent {
  readonly visitorId: string
  readonly correctedTime: number
  readonly passive: boolean
}

/** Nothing is sent while they are counted. */
const exported = new WeakMap<CollectorProcess, Promise<TimesByVisitor>>()

/** Sessions and those of one event alone, by visitor and timeout, counted in the plainest way over every event that the collector holds. */
export async function tellByTimeout(
  collector: CollectorProcess,
  timeoutMs: number,
): Promise<{ sessions: number; bounces: number }> {
  const byVisitor = exported.get(collector) ?? exportTimes(collector)
  exported.set(collector, byVisitor)
  let [sessions, bounces] = [0, 0]
  for (const times of (await byVisitor).values()) {
    let length = 0
    times.forEach((time, index) => {
      length += 1
      const next = times[index + 1]
      if (next !== undefined && next - time < timeoutMs) return
      sessions += 1
      if (length === 1) bounces += 1
      length = 0
    })
  }
  return { sessions, bounces }
}

/** The times of all events that are not passive, in order, by their visitor. */
async function exportTimes({ port }: CollectorProcess): Promise<TimesByVisitor> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/events.ndjson`, {
    headers: { Authorization: `Bearer ${TOKEN}` },
  })
  const byVisitor = new Map<string, number[]>()
  for (const line of (await response.text()).trimEnd().split('\n')) {
    const { visitorId, correctedTime, passive } = JSON.parse(line) as ExportedEvent
    const times = byVisitor.get(visitorId) ?? []
    if (!passive) byVisitor.set(visitorId, times)
    if (!passive) times.push(correctedTime)
  }
  for (const times of byVisitor.values()) times.sort((a, b) => a - b)
  return byVisitor
}
