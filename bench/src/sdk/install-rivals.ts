import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The folder whose lock file names the other SDKs. Apart from the workspace: they are 100 MB, which no other command should wait for. */
export const RIVALS = fileURLToPath(new URL('../../rivals', import.meta.url))

/** Installs the other SDKs as the lock file says, where they are not there yet. None of their install scripts is run. Rejects with what npm said. */
export async function installRivals(say: (line: string) => void): Promise<void> {
  const lock = readFileSync(join(RIVALS, 'package-lock.json'), 'utf8')
  // npm writes this file last, so that an installation that was broken off is made anew.
  const installed = join(RIVALS, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && isSame(lock, readFileSync(installed, 'utf8'))) return
  say('Installing the SDKs to compare with (100 MB, the first time only) …')
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: RIVALS,
    shell: process.platform === 'win32',
  })
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>
}

function isSame(lock: string, installed: string): boolean {
  const versions = (text: string): string =>
    JSON.stringify(
      Object.entries((JSON.parse(text) as Lock).packages)
        .filter(([path]) => path !== '')
        .map(([path, { version }]) => `${path} ${version}`)
        .sort(),
    )
  return versions(lock) === versions(installed)
}
