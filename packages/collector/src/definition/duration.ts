const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const LARGEST_FIRST = ['d', 'h', 'm', 's'] as const
const WRITTEN = /^(\d{1,15})(ms|s|m|h|d)$/

/** A duration in ms, from `90s`, `30m`, `6h`, `2d`, `1500ms` or a whole number of milliseconds; undefined for anything else. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined
  const parts = typeof value === 'string' ? WRITTEN.exec(value) : null
  if (!parts) return undefined
  const durationMs = Number(parts[1]) * UNITS_MS[parts[2] as keyof typeof UNITS_MS]
  return Number.isSafeInteger(durationMs) ? durationMs : undefined
}

/** The shortest way to write a duration so that `parseDuration` reads it back: `30m`, not `1800s`; the number where it is no whole second. */
export function formatDuration(durationMs: number): string | number {
  const unit = LARGEST_FIRST.find((each) => durationMs % UNITS_MS[each] === 0)
  return unit === undefined || durationMs === 0 ? durationMs : `${durationMs / UNITS_MS[unit]}${unit}`
}
