import { createLineParser } from './detect-format.ts'
import type { ImportFormat } from './detect-format.ts'
import type { ImportedEvent, ImportedLine } from './imported-line.ts'

export const NOW = Date.UTC(2024, 5, 1)
export const SETTING = { now: NOW, sourceId: 's1', origin: 'https://shop.example' }
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'

/** What the parser of a format makes of a line. */
export function read(format: ImportFormat, line: unknown, setting = SETTING): ImportedLine {
  return createLineParser(format, setting)(typeof line === 'string' ? line : JSON.stringify(line))
}

/** The event of a line that has one. */
export function eventOf(line: ImportedLine): ImportedEvent {
  if (line.outcome !== 'event') throw new Error(JSON.stringify(line))
  return line.imported
}
