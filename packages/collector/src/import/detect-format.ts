import type { ImportSetting, LineParser } from './imported-line.ts'
import { own } from './parse-json-line.ts'
import { createLogLineParser } from './parse-log-line.ts'
import { createOwnLineParser } from './parse-own-line.ts'
import { createSegmentLineParser } from './parse-segment-line.ts'
import { splitLogLine } from './split-log-line.ts'

export const IMPORT_FORMATS = ['sojourn', 'segment', 'combined'] as const
/** `sojourn`: NDJSON of our events; `segment`: NDJSON of Segment's calls; `combined`: a web server's log. */
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

const SEGMENT_FIELDS = ['messageId', 'anonymousId', 'originalTimestamp', 'timestamp']

/** The format of a file, from its first lines: that of the first line that has one. Undefined when none has. */
export function detectFormat(lines: readonly string[]): ImportFormat | undefined {
  for (const line of lines) {
    const value = parsed(line)
    if (value !== undefined)
      return SEGMENT_FIELDS.some((key) => own(value, key) !== undefined) ? 'segment' : 'sojourn'
    if (splitLogLine(line)) return 'combined'
  }
  return undefined
}

/** The parser for a format. */
export function createLineParser(format: ImportFormat, setting: ImportSetting): LineParser {
  switch (format) {
    case 'sojourn':
      return createOwnLineParser(setting)
    case 'segment':
      return createSegmentLineParser(setting)
    case 'combined':
      return createLogLineParser(setting)
  }
}

function parsed(line: string): object | undefined {
  if (!line.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(line) as object
  } catch {
    return undefined
  }
}
