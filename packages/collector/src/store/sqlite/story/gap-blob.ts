import { addCells, createGapCells } from '../../../what-if/gap-summary.ts'
import type { GapCells } from '../../../what-if/gap-summary.ts'
import { GAP_CELLS } from '../../../what-if/timeout-grid.ts'

const ARRAYS = ['before', 'alone', 'sumMs'] as const

/** Gap cells as they are stored: their three arrays of 64-bit floats, one behind the other. */
export function encodeCells(cells: GapCells): Buffer {
  const all = new Float64Array(ARRAYS.length * GAP_CELLS)
  ARRAYS.forEach((name, i) => all.set(cells[name], i * GAP_CELLS))
  return Buffer.from(all.buffer)
}

/** The gap cells that were encoded. */
export function decodeCells(blob: Buffer): GapCells {
  // A copy, since the bytes of a Buffer may lie where no float can begin.
  const all = new Float64Array(Uint8Array.from(blob).buffer)
  const array = (i: number) => all.subarray(i * GAP_CELLS, (i + 1) * GAP_CELLS)
  return { before: array(0), alone: array(1), sumMs: array(2) }
}

/** The encoded sum of cells that are stored, if any, and others. */
export function addToBlob(stored: Buffer | undefined, added: GapCells): Buffer {
  const sum = stored ? decodeCells(stored) : createGapCells()
  addCells(sum, added)
  return encodeCells(sum)
}
