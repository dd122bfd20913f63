import { isolated } from './isolated.ts'
import { VIEWER_LOCALE } from './locale.ts'

/** The viewer's zone, by its IANA name. */
export const VIEWER_ZONE = Intl.DateTimeFormat(VIEWER_LOCALE).resolvedOptions().timeZone

const DAY_MS = 86_400_000
const SHORT = new Intl.DateTimeFormat(VIEWER_LOCALE, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const WITH_YEAR = new Intl.DateTimeFormat(VIEWER_LOCALE, { dateStyle: 'medium', timeStyle: 'short' })
const FULL = new Intl.DateTimeFormat(VIEWER_LOCALE, { dateStyle: 'full', timeStyle: 'long' })
const CLOCK = new Intl.DateTimeFormat(VIEWER_LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const DATE = new Intl.DateTimeFormat(VIEWER_LOCALE, { weekday: 'short', month: 'short', day: 'numeric' })
const MONTH = new Intl.DateTimeFormat(VIEWER_LOCALE, { month: 'long', year: 'numeric' })
const HOUR = new Intl.DateTimeFormat(VIEWER_LOCALE, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})
const TICK_HOUR = new Intl.DateTimeFormat(VIEWER_LOCALE, { hour: '2-digit', minute: '2-digit' })
const TICK_DAY = new Intl.DateTimeFormat(VIEWER_LOCALE, { month: 'short', day: 'numeric' })
const TICK_MONTH = new Intl.DateTimeFormat(VIEWER_LOCALE, { month: 'short', year: 'numeric' })
const ZONE = new Intl.DateTimeFormat(VIEWER_LOCALE, { timeZoneName: 'short' })
const AGO = new Intl.RelativeTimeFormat(VIEWER_LOCALE, { numeric: 'auto', style: 'short' })

/** Date and time to the minute, in the viewer's zone; the year only where it is not the present one. */
export function shortTime(time: number, now: number): string {
  const isThisYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  return isolated((isThisYear ? SHORT : WITH_YEAR).format(time))
}

/** The whole date and time, with the zone named: for tooltips. */
export function fullTime(time: number): string {
  return isolated(FULL.format(time))
}

/** Date, with the year, and time to the minute, in the viewer's zone. */
export function longTime(time: number): string {
  return isolated(WITH_YEAR.format(time))
}

/** The time of day to the second, in the viewer's zone. */
export function clockTime(time: number): string {
  return isolated(CLOCK.format(time))
}

/** An interval of a chart as people call it: an hour, a day, the days of a week, a month. `to` is not included. */
export function intervalText(from: number, to: number, interval: string): string {
  if (interval === 'hour') return isolated(HOUR.format(from))
  if (interval === 'month') return isolated(MONTH.format(from))
  return isolated(interval === 'week' ? DATE.formatRange(from, to - 1) : DATE.format(from))
}

/** Where an interval of a chart is cut: the time of day, and the day where the interval has several. */
export function boundText(time: number, interval: string): string {
  return isolated((interval === 'hour' || interval === 'day' ? TICK_HOUR : SHORT).format(time))
}

/** A tick at the beginning of an interval of a chart. */
export function intervalTickText(time: number, interval: string): string {
  if (interval === 'month') return isolated(TICK_MONTH.format(time))
  return tickText(time, interval === 'hour' ? 1 : DAY_MS)
}

/** A tick of a time axis whose ticks are `stepMs` apart. */
export function tickText(time: number, stepMs: number): string {
  if (stepMs < DAY_MS) {
    const date = new Date(time)
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0
    return isolated((isMidnight ? TICK_DAY : TICK_HOUR).format(time))
  }
  return isolated((stepMs < 28 * DAY_MS ? TICK_DAY : TICK_MONTH).format(time))
}

/** The viewer's zone as people read it: `Europe/Paris (GMT+2)`. */
export function zoneText(now: number): string {
  const short = ZONE.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value
  return short === undefined || short === VIEWER_ZONE ? VIEWER_ZONE : `${VIEWER_ZONE} (${isolated(short)})`
}

/** How long ago that was: `5 min. ago`, `yesterday`. A time ahead of `now` counts as now. */
export function agoText(time: number, now: number): string {
  const seconds = Math.min(0, (time - now) / 1000)
  if (seconds > -60) return isolated(AGO.format(Math.round(seconds), 'second'))
  if (seconds > -3600) return isolated(AGO.format(Math.round(seconds / 60), 'minute'))
  if (seconds > -DAY_MS / 1000) return isolated(AGO.format(Math.round(seconds / 3600), 'hour'))
  return isolated(AGO.format(Math.round((seconds * 1000) / DAY_MS), 'day'))
}
