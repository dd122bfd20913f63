import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty folder at first; all files of a run share it. */
    readonly seedFolder: string
  }
}

let folder: string | undefined

/** Vitest's global set-up: makes a folder for the seeded month, which the first file that needs it fills. */
export async function setup({ provide }: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'sojourn-seed-'))
  provide('seedFolder', folder)
}

/** Removes it when all files are done. */
export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}
