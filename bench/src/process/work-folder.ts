import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder for one run, removed when this process ends. `parent` defaults to the system's folder for temporary files. */
export function createWorkFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'sojourn-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Lets a signal end this process by way of its 'exit' handlers, which end what it started and remove what it made. */
export function exitOnSignals(): void {
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}
