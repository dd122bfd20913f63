import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, remember, remembered } from './fingerprint.mjs'
import { root, runQuietly } from './process.mjs'

/** What is built, in order, and what each build reads beside its own folder. */
const BUILDS = [
  { folder: 'packages/protocol', uses: [] },
  { folder: 'packages/sdk', uses: ['packages/protocol/src'] },
  { folder: 'packages/dashboard', uses: [] },
  { folder: 'packages/collector', uses: ['packages/protocol/src', 'packages/sdk', 'packages/dashboard'] },
]

/** Builds the packages whose sources changed since they were last built. Rejects with what the compiler said. */
export async function buildWorkspace() {
  for (const build of BUILDS)
    if (existsSync(join(root, build.folder, 'package.json'))) await buildPackage(build)
}

async function buildPackage({ folder, uses }) {
  const stamp = join(root, folder, 'dist', '.built')
  const inputs = [folder, ...uses, 'tsconfig.base.json', 'pnpm-lock.yaml']
  const wanted = fingerprint(inputs.map((path) => join(root, path)))
  if (remembered(stamp) === wanted) return
  const start = Date.now()
  process.stdout.write(`Building ${folder} … `)
  await runQuietly('npm', ['run', '--silent', 'build'], {
    cwd: join(root, folder),
    shell: process.platform === 'win32',
  })
  remember(stamp, wanted)
  console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`)
}
