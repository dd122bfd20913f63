const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Whole seconds told by their two largest units: `0s`, `48s`, `6m 46s`, `1h 05m`, `2d 3h`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < MINUTE) return `${whole}s`
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${two(whole % MINUTE)}s`
  if (whole < DAY) return `${Math.floor(whole / HOUR)}h ${two(Math.floor((whole % HOUR) / MINUTE))}m`
  return `${Math.floor(whole / DAY)}d ${Math.floor((whole % DAY) / HOUR)}h`
}

/** Like `durationText`, with tenths below ten seconds and no empty second unit: for settings and axes. `30m`, `1.5s`, `2d`. */
export function shortDuration(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 10) return `${Math.round(seconds * 10) / 10}s`
  return durationText(seconds).replace(/ 0+[smh]$/, '')
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: MINUTE, h: HOUR, d: DAY }

/** Whole seconds of what a person types: `90`, `90s`, `1.5m`, `2h`, `1h 30m`; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const part = /\s*(\d+(?:\.\d+)?)\s*([smhd]?)\s*/y
  const typed = text.trim().toLowerCase()
  let seconds = 0
  while (part.lastIndex < typed.length) {
    const match = part.exec(typed)
    if (!match) return undefined
    seconds += Number(match[1]) * UNITS[match[2]!]!
  }
  return typed === '' ? undefined : Math.round(seconds)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
