import { quote } from '../definition/field-reader.ts'
import type { BadLineReason, ImportedLine, SkipReason } from './imported-line.ts'
import type { FileLine } from './split-lines.ts'

/** Lines shown for each reason. */
const EXAMPLES = 3

/** Bad lines of one reason. */
export interface BadLines {
  count: number
  /** The first few: number of the line, its beginning as a quoted text, and what is wrong with it. */
  readonly examples: { readonly number: number; readonly text: string; readonly message: string }[]
}

/** What became of a file's lines. Kept in place: it counts millions. */
export interface ImportCount {
  lines: number
  events: number
  /** Of the events, those that programs sent. */
  bots: number
  readonly skipped: Map<SkipReason, number>
  readonly bad: Map<BadLineReason, BadLines>
}

/** A count of nothing yet. */
export function createImportCount(): ImportCount {
  return { lines: 0, events: 0, bots: 0, skipped: new Map(), bad: new Map() }
}

/** Adds a line to the count. */
export function countLine(count: ImportCount, line: ImportedLine, { number, text = '' }: FileLine): void {
  count.lines += 1
  switch (line.outcome) {
    case 'event':
      count.events += 1
      if (line.imported.isBot) count.bots += 1
      return
    case 'skipped':
      count.skipped.set(line.reason, (count.skipped.get(line.reason) ?? 0) + 1)
      return
    case 'bad': {
      let bad = count.bad.get(line.reason)
      if (!bad) count.bad.set(line.reason, (bad = { count: 0, examples: [] }))
      bad.count += 1
      // Quoted, since the line may hold what moves a terminal's cursor.
      if (bad.examples.length < EXAMPLES)
        bad.examples.push({ number, text: quote(text), message: line.message })
    }
  }
}

/** The count in lines of text, most frequent first. */
export function describeCount(count: ImportCount): readonly string[] {
  const skipped = [...count.skipped].sort((a, b) => b[1] - a[1])
  const bad = [...count.bad].sort((a, b) => b[1].count - a[1].count)
  return [
    `${count.lines} lines: ${count.events} events${count.bots > 0 ? ` (${count.bots} by bots)` : ''}`,
    ...skipped.map(([reason, lines]) => `  ${lines} left out: ${reason}`),
    ...bad.flatMap(([reason, { count: lines, examples }]) => [
      `  ${lines} bad: ${reason}`,
      ...examples.map(({ number, text, message }) => `    line ${number}: ${message} ${text}`),
    ]),
  ]
}
