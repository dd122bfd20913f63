import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, runQuietly } from './process.mjs'

/** Runs every check, prints a line for each, and what failed in full. Resolves to 0 when all passed, else 1. */
export async function check() {
  const checks = [
    ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
    ['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
    ...projects().map((path) => [
      `types ${path}`,
      ['node_modules/typescript/bin/tsc', '--noEmit', '-p', path],
    ]),
  ]
  let failed = 0
  for (const [name, args] of checks) {
    try {
      await runQuietly(process.execPath, args)
      console.log(`ok      ${name}`)
    } catch (error) {
      failed++
      console.log(`FAILED  ${name}\n${error.message}`)
    }
  }
  console.log(
    `Checks  ${failed > 0 ? `${failed} failed | ` : ''}${checks.length - failed} passed (${checks.length})`,
  )
  return failed === 0 ? 0 : 1
}

function projects() {
  const folders = [
    'e2e',
    'bench',
    ...['packages', 'examples'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => join(folder, name)),
    ),
  ]
  return folders
    .flatMap((folder) => ['tsconfig.json', 'tsconfig.build.json'].map((name) => join(folder, name)))
    .filter((path) => existsSync(join(root, path)))
}
