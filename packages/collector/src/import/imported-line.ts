import type { BatchContext, EpochMs, Geo, RejectReason, WireEvent } from '@sojourn/protocol'
import type { FileLine } from './split-lines.ts'

/** An event from a file, with all that the file says of it. What becomes of address and source is the importer's to decide. */
export interface ImportedEvent {
  readonly event: WireEvent
  /** When it happened, on the collector's clock. */
  readonly time: EpochMs
  /** When a collector received it first; absent where no collector did. */
  readonly receivedAt?: EpochMs
  readonly clockOffsetMs: number
  readonly sender: BatchContext
  /** The visitor's address as the file has it: whole, or as an earlier collector cut it. */
  readonly address?: string
  readonly geo?: Geo
  /** The source it was stored under before. */
  readonly source?: { readonly id?: string; readonly name?: string; readonly type?: string }
  /** Sent by a program: told by its user agent, or by its own word. */
  readonly isBot: boolean
}

/**
 * Why a line holds no event although nothing is wrong with it.
 *
 * - `empty`: a blank line
 * - `not_a_page`: a request for a file that pages load, one that failed, or that was no GET
 * - `unsupported_call`: a Segment call that has no counterpart here (group, alias, …)
 */
export type SkipReason = 'empty' | 'not_a_page' | 'unsupported_call'

/**
 * What is wrong with a line: the reasons of ingest, and
 *
 * - `not_json`: the line is no JSON
 * - `not_a_log_line`: the line is not in the combined log format
 * - `too_long`: over 1 MiB
 */
export type BadLineReason = RejectReason | 'not_json' | 'not_a_log_line' | 'too_long'

/** What a line of an imported file is. */
export type ImportedLine =
  | { readonly outcome: 'event'; readonly imported: ImportedEvent }
  | { readonly outcome: 'skipped'; readonly reason: SkipReason }
  | { readonly outcome: 'bad'; readonly reason: BadLineReason; readonly message: string }

/** Reads one line. Pure: the same line always gives the same event with the same id, so that importing twice is as good as once. */
export type LineParser = (line: string) => ImportedLine

/** What parsers know beside the line. */
export interface ImportSetting {
  /** No event can be later than two days after this. */
  readonly now: EpochMs
  /** Keeps ids apart that are made from lines of different sites' files. */
  readonly sourceId: string
  /** Scheme and host of the site, e.g. `https://shop.example`: logs hold no more than paths. */
  readonly origin?: string
}

/** What a line of a file is: as the parser reads it, or `too_long`. */
export function parseFileLine(parse: LineParser, { text }: FileLine): ImportedLine {
  return text === undefined
    ? { outcome: 'bad', reason: 'too_long', message: 'The line is longer than 1 MiB.' }
    : parse(text)
}
