import type { Config } from '../config.ts'
import { openExisting } from '../store/sqlite/open-database.ts'
import { verifyDatabase } from '../store/sqlite/verify-database.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'
import { isSound, verificationText } from './verification-text.ts'

/** What `sojourn backup` and `sojourn restore` were asked to do. */
export type CopyWish = { readonly file: string; readonly replace: boolean } | { readonly mend: string }

/** The file's name first, and perhaps `--replace`; what is left of the arguments are flags of the settings. */
export function parseCopyWish(
  command: 'backup' | 'restore',
  args: readonly string[],
): { readonly wish: CopyWish; readonly rest: readonly string[] } {
  const [file, ...flags] = args
  if (file === undefined || file.startsWith('-'))
    return { wish: { mend: `Name the file: sojourn ${command} FILE.` }, rest: [] }
  const replace = command === 'restore' && flags.includes('--replace')
  return { wish: { file, replace }, rest: replace ? flags.filter((flag) => flag !== '--replace') : flags }
}

/** Makes a backup, and returns what to print. Rejects with `CannotCopy` and `CannotOpenStore`. */
export async function runBackup(file: string, { dbPath }: Pick<Config, 'dbPath'>): Promise<string> {
  const bytes = await backUp(dbPath, file)
  return `Backed up ${dbPath} to ${file} (${size(bytes)}).\n`
}

/** Puts a backup in the database's place, and returns what to print. Rejects with `CannotCopy` and `CannotOpenStore`. */
export async function runRestore(
  { file, replace }: { readonly file: string; readonly replace: boolean },
  { dbPath }: Pick<Config, 'dbPath'>,
  now: Date,
): Promise<string> {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  const { bytes, movedTo } = await restore(file, dbPath, { replace, stamp })
  const moved = movedTo === undefined ? '' : `What was there before is now ${movedTo}.\n`
  return `Restored ${dbPath} from ${file} (${size(bytes)}).\n${moved}`
}

/** Checks all that is stored. Returns what to print, and whether it is sound. Throws `CannotOpenStore`. */
export function runVerify({ dbPath }: Pick<Config, 'dbPath'>): {
  readonly text: string
  readonly sound: boolean
} {
  const db = openExisting(dbPath)
  try {
    const found = verifyDatabase(db)
    return { text: verificationText(found), sound: isSound(found) }
  } finally {
    db.close()
  }
}

function size(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
