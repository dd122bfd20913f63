import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import type { EventBlock } from './event-block.ts'

/** Blocks of events in a file of their own, so that a history of any length takes the memory of one block. */
export interface BlockFile {
  append(block: EventBlock): void
  /** Reads the blocks again into the one that is given, one after the other, and calls back after each. */
  replay(into: EventBlock, use: (block: EventBlock) => void): void
  /** Removes the file. */
  close(): void
}

/** Makes the file, or empties it. All blocks must be of one size. */
export function createBlockFile(path: string): BlockFile {
  const file = openSync(path, 'w+')
  const lengths: number[] = []
  return {
    append(block) {
      writeSync(file, block.bytes, 0, block.bytes.length, lengths.length * block.bytes.length)
      lengths.push(block.length)
    },
    replay(into, use) {
      lengths.forEach((length, i) => {
        readSync(file, into.bytes, 0, into.bytes.length, i * into.bytes.length)
        into.length = length
        use(into)
      })
    },
    close() {
      closeSync(file)
      rmSync(path, { force: true })
    },
  }
}
