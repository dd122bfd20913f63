import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** A gzip file that cannot be unpacked to its end. */
export class DamagedFile extends Error {}

const PIECE_BYTES = 256 * 1024

/**
 * The bytes of a file, unpacked where it is a gzip file (told by its first bytes, not by its name), from the unpacked byte `from` on.
 * `onProgress` is called with the bytes read from the disk. Throws the system's error where the file cannot be read, and `DamagedFile` where a gzip file is
 * cut off or damaged, after what could be unpacked of it.
 */
export async function* openImportFile(
  path: string,
  from: number,
  onProgress: (bytesOnDisk: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const isPacked = await isGzip(path)
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES, ...(isPacked ? {} : { start: from }) })
  let onDisk = isPacked ? 0 : from
  file.on('data', (piece) => onProgress((onDisk += piece.length)))
  if (!isPacked) {
    for await (const piece of file) yield piece as Buffer
    return
  }
  const unpacked = createGunzip({ chunkSize: PIECE_BYTES })
  file.on('error', (error) => unpacked.destroy(error))
  let before = from
  try {
    for await (const piece of file.pipe(unpacked)) {
      const skipped = Math.min(before, (piece as Buffer).length)
      before -= skipped
      if (skipped < (piece as Buffer).length) yield (piece as Buffer).subarray(skipped)
    }
  } catch (error) {
    if (isOfZlib(error)) throw new DamagedFile(`${path} is cut off, or no sound gzip file.`, { cause: error })
    throw error
  } finally {
    file.destroy()
  }
}

function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}
