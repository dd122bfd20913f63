import type { Definition } from './definition.ts'

/**
 * Events in (time, id) order, one per row, as the teller reads them. Texts are numbers here: the same text has the same number, 0 stands
 * for absent. A column that no rule of the definition reads may be left out: see `columnsRead`.
 */
export interface EventColumns {
  /** Rows in use; the columns may be longer. */
  readonly length: number
  /** Epoch ms. */
  readonly time: Float64Array
  /** 1: sent as passive. */
  readonly passive: Uint8Array
  readonly name?: Int32Array
  readonly source?: Int32Array
  /** The session id that came with the event. */
  readonly stamp?: Int32Array
  readonly campaign?: Int32Array
  readonly referrer?: Int32Array
  readonly user?: Int32Array
  /** The value at the definition's `property`. */
  readonly property?: Int32Array
}

/** A column that only some definitions read. */
export type RuleColumn = Exclude<keyof EventColumns, 'length' | 'time' | 'passive'>

/** The columns that a definition's rules read, beside `time` and `passive`: a store need not load others. */
export function columnsRead(definition: Definition): readonly RuleColumn[] {
  const { startEvents, endEvents, passiveEvents, sources, sourceTypes, by, splitOn, property } = definition
  const columns: RuleColumn[] = []
  if (startEvents.length + endEvents.length + passiveEvents.length > 0) columns.push('name')
  if (sources !== undefined || sourceTypes !== undefined) columns.push('source')
  if (by === 'client') columns.push('stamp')
  columns.push(...splitOn)
  if (property !== undefined) columns.push('property')
  return columns
}
