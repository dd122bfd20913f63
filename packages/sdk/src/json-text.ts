/**
 * The value as JSON text. What JSON cannot hold (cycles, BigInt, getters that throw) costs only the entry of `properties` or
 * `traits` that holds it, and leaves the rest. Never throws.
 */
export function jsonText(event: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(event)
  } catch {
    return JSON.stringify({ ...event, properties: clean(event.properties), traits: clean(event.traits) })
  }
}

function clean(record: unknown): Record<string, unknown> | undefined {
  if (!record) return undefined
  const cleaned: Record<string, unknown> = {}
  for (const key in record as Record<string, unknown>)
    try {
      const value = (record as Record<string, unknown>)[key]
      cleaned[key] = typeof value === 'bigint' ? `${value}` : JSON.parse(JSON.stringify(value))
    } catch {
      // Cannot be sent.
    }
  return cleaned
}
