import type { RuleColumn } from '../../../../definition/event-columns.ts'

/** Columns of events beside those that every rebuild reads. The source is in `mark`. */
export type ExtraColumn = Exclude<RuleColumn, 'source'>

/** Events as columns, in one stretch of memory, so that a block can be written to a file and read back as it is. */
export interface EventBlock {
  /** Rows in use. */
  length: number
  readonly bytes: Uint8Array
  /** Epoch ms. */
  readonly time: Float64Array
  /** Row of the event among the facts. */
  readonly row: Uint32Array
  /** Row of whose it is, among the story's identities. */
  readonly key: Uint32Array
  /** Row of its session under `client`; 0: none. */
  readonly session: Uint32Array
  /** Twice the row of its source, and 1 more for an event that was sent as passive. */
  readonly mark: Uint32Array
  readonly extra: { readonly [Column in ExtraColumn]?: Int32Array }
}

const TIME_BYTES = 8
const NUMBER_BYTES = 4

/** A block with room for so many events, empty. */
export function createEventBlock(capacity: number, extra: readonly ExtraColumn[]): EventBlock {
  const buffer = new ArrayBuffer(capacity * (TIME_BYTES + (4 + extra.length) * NUMBER_BYTES))
  const offset = (column: number) => capacity * (TIME_BYTES + column * NUMBER_BYTES)
  const numbers = (column: number) => new Uint32Array(buffer, offset(column), capacity)
  return {
    length: 0,
    bytes: new Uint8Array(buffer),
    time: new Float64Array(buffer, 0, capacity),
    row: numbers(0),
    key: numbers(1),
    session: numbers(2),
    mark: numbers(3),
    extra: Object.fromEntries(
      extra.map((name, i) => [name, new Int32Array(buffer, offset(4 + i), capacity)]),
    ),
  }
}

/** Copies the event in one row of a block to a row of another, or of the same, which have the same columns. */
export function copyEvent(from: EventBlock, at: number, into: EventBlock, place: number): void {
  into.time[place] = from.time[at]!
  into.row[place] = from.row[at]!
  into.key[place] = from.key[at]!
  into.session[place] = from.session[at]!
  into.mark[place] = from.mark[at]!
  for (const name in from.extra)
    into.extra[name as ExtraColumn]![place] = from.extra[name as ExtraColumn]![at]!
}
