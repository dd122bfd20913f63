/** Longer lines are no events: an event has at most 32 KiB, a batch 512. */
export const MAX_LINE_BYTES = 1024 * 1024

/** One line of a file. */
export interface FileLine {
  /** From 1. */
  readonly number: number
  /** Without its line end; undefined when it was longer than `MAX_LINE_BYTES`. */
  readonly text: string | undefined
  /** Bytes of the file up to the end of this line: reading can go on from there. */
  readonly end: number
}

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * Lines of UTF-8 text from pieces of any size, in bounded memory. `begin` says where the first piece lies when reading goes on in the middle:
 * how many lines and bytes came before it.
 */
export async function* splitLines(
  pieces: AsyncIterable<Buffer>,
  begin: { readonly lines: number; readonly bytes: number } = { lines: 0, bytes: 0 },
): AsyncGenerator<readonly FileLine[]> {
  let number = begin.lines
  let read = begin.bytes
  let kept: Buffer[] = []
  let keptBytes = 0
  const take = (last: Buffer, end: number): FileLine => {
    const isTooLong = keptBytes + last.length > MAX_LINE_BYTES
    const line = isTooLong ? undefined : Buffer.concat([...kept, last])
    kept = []
    keptBytes = 0
    number += 1
    return { number, text: line && textOf(line, number), end }
  }
  for await (const piece of pieces) {
    const lines: FileLine[] = []
    let from = 0
    for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, from)) {
      lines.push(take(piece.subarray(from, at), read + at + 1))
      from = at + 1
    }
    const rest = piece.subarray(from)
    // What is too long anyway need not be kept; its length is enough.
    if (keptBytes + rest.length <= MAX_LINE_BYTES) kept.push(Buffer.from(rest))
    keptBytes += rest.length
    read += piece.length
    if (lines.length > 0) yield lines
  }
  if (keptBytes > 0) yield [take(Buffer.alloc(0), read)]
}

function textOf(line: Buffer, number: number): string {
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length
  const text = line.toString('utf8', 0, end)
  return number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text
}
