import { pino } from 'pino'
import type { Logger } from 'pino'

/**
 * The log of the process: JSON lines on stderr. A line that cannot be written (the disk that holds the log is full, the terminal is
 * gone) is lost, and nothing else: events are worth more than lines about them.
 */
export function openLog(level: string): Logger {
  const lines = pino.destination({ dest: 2, sync: true })
  lines.on('error', () => {})
  process.stdout.on('error', () => {})
  return pino({ level, base: null }, lines)
}
