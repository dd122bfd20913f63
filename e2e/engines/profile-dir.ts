import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh empty directory for a browser profile, under the system's temporary directory. */
export function makeProfileDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sojourn-profile-'))
}

/** Removes a profile; a browser that is still writing its last files is waited for. */
export function removeProfileDir(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
