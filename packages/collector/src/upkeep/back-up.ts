import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { copyDatabase } from '../store/sqlite/copy-database.ts'
import { openExisting } from '../store/sqlite/open-database.ts'
import { CannotCopy } from './cannot-copy.ts'

/**
 * Copies the database at `dbPath` as it is at one moment into a new file, beside a running collector or without one. It holds all there is:
 * what else the collector keeps can be told of it again. Resolves to the file's size in bytes. Rejects with `CannotCopy` and `CannotOpenStore`.
 */
export async function backUp(dbPath: string, file: string): Promise<number> {
  const target = resolve(file)
  if (existsSync(target))
    throw new CannotCopy(`${target} is there already. Name another file; nothing is overwritten.`)
  if (!existsSync(dirname(target))) throw new CannotCopy(`The directory ${dirname(target)} does not exist.`)
  openExisting(dbPath).close()
  const problems = await copyDatabase(dbPath, target)
  if (problems.length > 0)
    throw new CannotCopy(
      `${resolve(dbPath)} is damaged (${problems[0]}), so no backup of it was kept. Restore an earlier one.`,
    )
  return statSync(target).size
}
