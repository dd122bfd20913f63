import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LEFT_OUT = new Set(['node_modules', 'dist', 'coverage', '.cache'])

/** A hash of the names and contents of files; a folder stands for all files below it, but for builds and dependencies. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow))
    hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** What `remember` wrote to this file, or undefined. */
export function remembered(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Notes a fingerprint beside what was made of it. */
export function remember(path, value) {
  writeFileSync(path, value)
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .filter((name) => !LEFT_OUT.has(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}
