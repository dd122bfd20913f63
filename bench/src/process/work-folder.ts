import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder for one run, removed when this process ends. `parent` defaults to the system's folder for temporary files. */
export function createWorkFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'sojourn-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
